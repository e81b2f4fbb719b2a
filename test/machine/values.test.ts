import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import {
  CPU,
  type Domain,
  type Statement,
  add,
  assert,
  assign,
  at,
  bool,
  check,
  each,
  enabled,
  eq,
  every,
  initialState,
  int,
  le,
  lt,
  scenario,
  set,
  step,
  sub,
  takeStep,
  thread,
  translate,
  variable,
} from "../../lib/machine/index.js";
import { agree } from "../explore/agreement.js";

const least = -(2 ** 31);
const most = 2 ** 31 - 1;

describe("the integers that a state can hold", () => {
  it.each([
    [0, 2 ** 31],
    [0, 2 ** 32],
    [least - 1, 0],
    [least, 0],
    [-1, most],
    [least, most],
    [2 ** 40, 2 ** 40 + 1],
  ])("are not int(%d, %d)", (min, max) => {
    expect(() => int(min, max)).toThrow(RangeError);
    expect(() => int(min, max)).toThrow(`int(${String(min)}, ${String(max)})`);
  });

  it.each([
    ["1.5", 1.5],
    ["no number", Number.NaN],
    ["no end", Infinity],
  ])("are whole numbers: %s", (_, max) => {
    expect(() => int(0, max)).toThrow(TypeError);
  });

  const once = (of: Domain, min: number, body: (v: ReturnType<typeof variable>) => Statement[]) =>
    scenario("values", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, body(variable("v", of, { init: min })))],
    });

  it.each([
    [0, most],
    [-1, most - 1],
    [least, -1],
    [least + 1, 0],
    [least, least],
    [most, most],
    [most - 1, most],
  ])("are int(%d, %d), with the same values in a step and in a search", (min, max) => {
    const within = once(int(min, max), min, (v) => [
      assert(eq(v, min), "the least is kept"),
      set(v, max, "most"),
      assert(eq(v, max), "the most is kept"),
      assert(le(min, v), "the most is not below the least"),
      assert(lt(sub(v, 1), v), "one less is less"),
      set(v, sub(v, max - min), "least"),
      assert(eq(v, min), "the least is found by counting"),
    ]);
    expect(agree(within)).toEqual([]);
    const model = translate(within);
    let state = initialState(model);
    for (let [next] = enabled(model, state); next !== undefined; [next] = enabled(model, state)) {
      const outcome = takeStep(model, state, next);
      expect(outcome.violations).toEqual([]);
      ({ state } = outcome);
    }
  });

  it.each([
    [0, most],
    [least, -1],
  ])("end at those of int(%d, %d)", (min, max) => {
    const above = once(int(min, max), max, (v) => [set(v, add(v, 1)), assert(eq(v, max), "kept")]);
    const below = once(int(min, max), min, (v) => [set(v, sub(v, 1)), assert(eq(v, min), "kept")]);
    for (const of of [above, below]) {
      expect(agree(of)).toEqual(["misuse"]);
      expect(explore(of).violations.misuse?.message).toMatch(/out of/);
    }
  });
});

describe("each() within each() of the same set", () => {
  it("is of all pairs", () => {
    const pair = variable("pair", bool, { per: [CPU, CPU] });
    const all = each(CPU, (a) => [each(CPU, (b) => [assign(at(pair, a, b), true)])]);
    const look = check(
      every(CPU, (a) => every(CPU, (b) => at(pair, a, b))),
      "one is left out",
    );
    const body = [step("all", { then: [all] }), step("look", { then: [look] })];
    const of = scenario("pairs", { sizes: { cpu: 3 }, processes: [thread("T", 0, body)] });
    expect(explore(of).verdict).toBe("safe");
  });
});
