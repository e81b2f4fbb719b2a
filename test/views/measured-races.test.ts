import { describe, expect, it } from "vitest";
import { eachState } from "../../lib/explore/index.js";
import { kvm } from "../../lib/kvm/index.js";
import { translate } from "../../lib/machine/index.js";
import { measureRaces } from "../../lib/views/measured-races.js";
import { raceMatrix } from "../../lib/views/race-matrix.js";
import { stateSpace } from "../../lib/views/state-space.js";
import { abbaScenario } from "./abba.js";

const abba = abbaScenario("&a", "&b");
const paths = { task: "schedule", interrupt: "handler" };

describe("measured races", () => {
  const matrix = measureRaces(abba, { lock: "a", paths });
  const meeting = (a: string, b: string): number =>
    matrix.entries.find((e) => e.a === a && e.b === b)?.meeting ?? -1;

  it("finds the paths that meet on two CPUs", () => {
    expect(meeting("task", "interrupt")).toBeGreaterThan(0);
    expect(meeting("task", "task")).toBeGreaterThan(0);
    expect(raceMatrix(matrix).alt).toContain("task and interrupt race");
  });

  it("finds none between a path that runs on one CPU only and itself", () => {
    expect(meeting("interrupt", "interrupt")).toBe(0);
  });

  it("carries its bounds, and never hides that it was cut short", () => {
    expect(matrix.bounds).toContain("all 121 states");
    const cut = measureRaces(abba, { lock: "a", paths, limit: 7 });
    expect(cut.complete).toBe(false);
    expect(cut.bounds).toContain("cut short after");
    expect(raceMatrix(cut).alt).not.toContain("never");
  });

  it("says what it does not find: a lock, a path", () => {
    expect(() => measureRaces(abba, { lock: "&a", paths })).toThrow('no lock variable named "&a"');
    const typo = { ...paths, other: "shedule" };
    expect(() => measureRaces(abba, { lock: "a", paths: typo })).toThrow("inside shedule()");
  });

  it("looks at the states that a walk of the readable machine finds, at their depths", () => {
    const model = translate(abba);
    const { states } = stateSpace(abba, 1000);
    const seen: string[] = [];
    const { complete } = eachState(model, (state, depth) => seen.push(`${depth} ${state.join()}`));
    expect(complete).toBe(true);
    expect(seen.sort()).toEqual(states.map((s) => `${s.depth} ${s.state.join()}`).sort());
  });

  it("measures the three paths of two CPUs and two vCPUs in every state", () => {
    const kvmPaths = {
      handler: "pi_wakeup_handler",
      sched_out: "pi_enable_wakeup_handler",
      sched_in: "vmx_vcpu_pi_load",
    };
    const lock = "wakeup_vcpus_on_cpu_lock";
    const measured = measureRaces(kvm({ mutant: "m0" }), { lock, paths: kvmPaths });
    expect(measured.complete).toBe(true);
    const racing = measured.entries.filter((e) => e.meeting > 0).map(({ a, b }) => `${a} ${b}`);
    expect(racing).toEqual(["handler sched_in", "sched_out sched_in", "sched_in sched_in"]);
    expect(measured.entries.find((e) => e.b === "sched_out")?.meeting).toBe(0);
  });
});
