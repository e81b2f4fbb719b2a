/** A variable starts as a value that it may have, whether something changes it or not. */
import { describe, expect, it } from "vitest";
import {
  CPU,
  type Domain,
  type VariableOptions,
  assert,
  at,
  bool,
  eq,
  id,
  idSet,
  int,
  scenario,
  scheduler,
  set,
  tasks,
  thread,
  translate,
  variable,
} from "../../../lib/machine/index.js";

const T = idSet("t");
const outside: readonly (readonly [string, Domain, VariableOptions, RegExp])[] = [
  ["an int", int(0, 3), { init: 5 }, /x starts as 5, out of 0\.\.3: give it another init/],
  ["a fraction", int(0, 3), { init: 0.5 }, /x starts as 0\.5, out of 0\.\.3/],
  ["NaN", int(0, 3), { init: NaN }, /x starts as NaN/],
  ["a bool", bool, { init: 2 }, /x starts as 2, out of 0\.\.1/],
  ["an id", id(CPU), { init: 1 }, /x starts as cpu1, and there is no such cpu; sizes\.cpu is 1/],
];

describe("a first value out of bounds is refused", () => {
  it.each(outside)("%s", (_, domain, options, says) => {
    const x = variable("x", domain, options);
    const reads = [assert(eq(x, 0))];
    const writes = [set(x, 0), ...reads];
    for (const body of [reads, writes]) {
      const made = scenario("s", { sizes: { cpu: 1 }, processes: [thread("A", 0, body)] });
      expect(() => translate(made)).toThrow(says);
    }
  });

  it("of one element among many", () => {
    const x = variable("x", int(0, 1), { per: [T], init: (t) => t });
    const of = (size: number) =>
      scenario("s", { sizes: { t: size }, processes: [thread("A", [assert(eq(at(x, 0), 0))])] });
    expect(() => translate(of(2))).not.toThrow();
    expect(() => translate(of(3))).toThrow(/x\[t2\] starts as 2, out of 0\.\.1/);
  });

  it("of a task that starts on a CPU that is not there", () => {
    const s = scheduler({ tasks: T, startOn: (t) => t });
    const processes = [tasks("t", T, s.place, (me) => [...s.schedule_tail(me)]), s.swapper()];
    expect(() => translate(scenario("s", { sizes: { cpu: 1, t: 2 }, processes }))).toThrow(
      /task_cpu\(p\)\[t1\] starts as cpu1, and there is no such cpu; sizes\.cpu is 1/,
    );
  });
});
