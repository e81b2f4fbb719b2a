import { describe, expect, it } from "vitest";
import { abba, dining } from "../../../lib/atlas/stories/index.js";
import {
  type Property,
  explore,
  showsProperty,
  shrink,
  sizesUpTo,
  smallest,
} from "../../../lib/explore/index.js";
import { type KvmOptions, kvm } from "../../../lib/kvm/index.js";
import { enabled, initialState, takeStep, translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

describe("shrink", () => {
  it("leads back to the two steps of AB/BA, from which none can be left out", () => {
    const model = translate(abba());
    const shows = showsProperty(model, "deadlock");
    const schedule: number[] = [];
    let state = initialState(model);
    // One round of the first thread, then the shortest way.
    for (let round = 0; round < 4; round++) {
      const [first] = enabled(model, state);
      if (first === undefined) break;
      schedule.push(first.id);
      ({ state } = takeStep(model, state, first));
    }
    schedule.push(...(explore(abba()).violations.deadlock?.schedule ?? []));
    expect(shows(schedule)).toBe(true);
    const least = shrink(model, "deadlock", schedule);
    expect(least).toHaveLength(2);
    expect(shrink(model, "deadlock", least)).toEqual(least);
  });

  // How many steps a way has that is found depth first, how many are left at most, and what a shortest one has
  // where that is less. The first number is the search's and not checked.
  const cases: readonly [string, KvmOptions, Property, number, number][] = [
    ["m2", { mutant: "m2" }, "deadlock", 187, 70], // 69
    ["m5", { mutant: "m5" }, "deadlock", 93, 31],
    ["irqs-on", { changes: ["irqs-on"] }, "assert", 14, 14],
    ["irqs-on", { changes: ["irqs-on"] }, "deadlock", 132, 34],
    ["irqs-on", { changes: ["irqs-on"] }, "lost-wakeup", 384, 56], // 53
    ["no-on-test", { changes: ["no-on-test"] }, "lost-wakeup", 583, 48],
    ["sched-in-unlocked", { changes: ["sched-in-unlocked"] }, "corruption", 568, 56],
    ["remote-cpu", { changes: ["remote-cpu"] }, "deadlock", 294, 48],
  ];

  it.each(cases)("%s, %o: brings %s from %d steps to %d", (_, code, property, _from, most) => {
    const scenario = kvm(kernelC, { ...code, fix: "final", cpus: 2, vcpus: 2 });
    const model = translate(scenario);
    const found = explore(scenario, { strategy: "depth", shortest: false });
    const { schedule = [] } = found.violations[property] ?? {};
    expect(schedule.length).toBeGreaterThanOrEqual(most);
    const least = shrink(model, property, schedule);
    expect(least.length).toBeLessThanOrEqual(most);
    expect(showsProperty(model, property)(least)).toBe(true);
    expect(shrink(model, property, schedule)).toEqual(least);
    expect(shrink(model, property, least)).toEqual(least);
  });

  it("refuses a schedule that does not show the violation, or is not possible", () => {
    const model = translate(dining(3));
    const [first] = enabled(model, initialState(model));
    const never = /"dining.*"? does not end in a violation of "deadlock"/s;
    expect(() => shrink(model, "deadlock", [])).toThrow(RangeError);
    expect(() => shrink(model, "deadlock", [first?.id ?? 0])).toThrow(never);
    expect(() => shrink(model, "deadlock", [first?.id ?? 0, first?.id ?? 0])).toThrow(RangeError);
  });
});

describe("smallest", () => {
  it("finds the fewest philosophers that starve", () => {
    const { found, tried, complete } = smallest((n) => dining(n), [2, 3]);
    expect([found?.size, tried.length, complete]).toEqual([2, 1, true]);
  });

  it("finds nothing where nothing is, and says that it looked everywhere", () => {
    const { found, complete } = smallest(() => abba({ fixed: true }), [1, 2]);
    expect([found, complete]).toEqual([null, true]);
    expect(smallest(() => dining(4), [1], { maxStates: 5 }).complete).toBe(false);
  });

  it("orders sizes by how much there is in all", () => {
    expect(sizesUpTo({ cpu: 2, vcpu: 2 })).toEqual([
      { cpu: 1, vcpu: 1 },
      { cpu: 1, vcpu: 2 },
      { cpu: 2, vcpu: 1 },
      { cpu: 2, vcpu: 2 },
    ]);
  });
});
