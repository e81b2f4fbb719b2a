import { describe, expect, it } from "vitest";
import { abba, dining } from "../../lib/cases/index.js";
import { explore, showsProperty, shrink, sizesUpTo, smallest } from "../../lib/explore/index.js";
import { enabled, initialState, takeStep, translate } from "../../lib/machine/index.js";

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
    const least = shrink(schedule, shows);
    expect(least).toHaveLength(2);
    expect(shrink(least, shows)).toEqual(least);
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
