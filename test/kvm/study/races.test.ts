import { describe, expect, it } from "vitest";
import { replay } from "../../../lib/machine/index.js";
import { kvm, races, waits } from "../../../lib/kvm/index.js";
import { translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

describe("the race matrix", () => {
  const measured = races(kernelC, { cpus: 2, vcpus: 2 });
  const steps = Object.fromEntries(measured.entries.map((e) => [`${e.a}, ${e.b}`, e.steps]));

  it("has sched_in meet everybody, itself included, and nobody else meet", () => {
    expect(measured.complete).toBe(true);
    expect(steps).toEqual({
      "handler, handler": null,
      "handler, sched_out": null,
      "handler, sched_in": 53,
      "sched_out, sched_out": null,
      "sched_out, sched_in": 67,
      "sched_in, sched_in": 102,
    });
  });

  it("gives a schedule that can be taken to each meeting", () => {
    const model = translate(kvm(kernelC));
    for (const { schedule } of measured.entries) {
      expect(replay(model, schedule).failedAt).toBeNull();
    }
  });

  it("is empty on one CPU, and where sched_in takes no lock", () => {
    const met = [
      races(kernelC, { cpus: 1, vcpus: 2 }),
      races(kernelC, { changes: ["sched-in-unlocked"], vcpus: 1 }),
    ];
    expect(met.flatMap(({ entries }) => entries.filter(({ meeting }) => meeting > 0))).toEqual([]);
  });

  it("says when it has not seen everything", () => {
    const cut = races(kernelC, {}, { maxStates: 1000 });
    expect(cut.complete).toBe(false);
    expect(cut.bounds).toContain("the first");
  });
});

describe("who waits for what", () => {
  const { ways, complete } = waits(kernelC, { cpus: 2, vcpus: 2 });
  const text = ways.map(({ path, holds, wants }) => `${path}: ${holds.join(" + ")} > ${wants}`);

  it("is a list of seven, in three of which something is held", () => {
    expect(complete).toBe(true);
    expect(ways).toHaveLength(7);
    expect(text.filter((way) => !way.includes(":  >")).sort()).toEqual([
      "handler: own wakeup lock + p->pi_lock > another's rq->__lock",
      "handler: own wakeup lock + p->pi_lock > own rq->__lock",
      "sched_out: own rq->__lock > own wakeup lock",
    ]);
  });

  it("has sched_out wait for another CPU's lock once that premise is dropped", () => {
    const dropped = waits(kernelC, { changes: ["remote-cpu"], cpus: 2, vcpus: 2 }).ways;
    const out = dropped.filter(({ path }) => path === "sched_out").map(({ wants }) => wants);
    expect(out).toContain("another's wakeup lock");
  });
});
