import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dining } from "../../lib/cases/index.js";
import { explore, printReplay, replay, scheduleOf, tokenOf } from "../../lib/explore/index.js";
import { enabled, initialState, takeStep, translate } from "../../lib/machine/index.js";

const model = translate(dining(4));

function randomSchedule(choices: readonly number[]): number[] {
  let state = initialState(model);
  return choices.flatMap((choice) => {
    const possible = enabled(model, state);
    const taken = possible[choice % Math.max(1, possible.length)];
    if (taken === undefined) return [];
    ({ state } = takeStep(model, state, taken));
    return [taken.id];
  });
}

describe("a counterexample", () => {
  const schedule = explore(dining(4)).violations.deadlock?.schedule ?? [];

  it("replays to its end and prints who holds what and who waits", () => {
    const trace = replay(model, schedule);
    expect(trace.failedAt).toBeNull();
    expect(enabled(model, trace.final)).toEqual([]);
    expect(printReplay(trace).slice(-4)).toEqual(
      [0, 1, 2, 3].map((i) => `P${String(i)} waits: take right`),
    );
  });

  it("stops at a step that is not possible", () => {
    const [first = 0] = schedule;
    expect(replay(model, [first, first]).failedAt).toBe(1);
  });
});

describe("a token", () => {
  it("brings back a schedule of any length", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 300 }), (choices) => {
        const schedule = randomSchedule(choices);
        expect(scheduleOf(model, tokenOf(model, schedule))).toEqual(schedule);
      }),
    );
  });

  it("of another model, or damaged, says so", () => {
    const token = tokenOf(model, randomSchedule([0, 1, 2]));
    expect(() => scheduleOf(translate(dining(3)), token)).toThrow(/wrong check number/);
    expect(() => scheduleOf(model, `${token}!`)).toThrow(/not a token/);
    expect(() => scheduleOf(model, `${token}____`)).toThrow(RangeError);
  });
});
