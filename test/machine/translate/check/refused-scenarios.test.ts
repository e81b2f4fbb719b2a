/** A scenario that makes no sense is refused, with the place. */
import { describe, expect, it } from "vitest";
import {
  CPU,
  type Statement,
  add,
  assign,
  at,
  break_,
  forever,
  goto_,
  id,
  initialState,
  int,
  label,
  raw_spin_lock,
  raw_spinlock,
  scenario,
  set,
  step,
  thread,
  translate,
  variable,
} from "../../../../lib/machine/index.js";

const run = (...body: readonly Statement[]) =>
  scenario("misuse", { sizes: { cpu: 2 }, processes: [thread("T", 0, body)] });

describe("a scenario that makes no sense says where", () => {
  const cpu = variable("cpu", id(CPU));
  it.each([
    ["counting with ids", [set(cpu, add(cpu, 1))], /process T.*compared with eq/s],
    ["a jump to nowhere", [goto_("again")], /no such label/],
    ["a label twice", [label("a"), step("x"), label("a"), step("y")], /twice/],
    ["a break outside of a loop", [break_], /outside of a loop/],
    ["a loop without a step", [forever([])], /without a step/],
    ["a CPU that is not there", [set(cpu, 7)], /no cpu7/],
    ["too many indices", [step("x", { then: [assign(at(cpu, 0), 1)] })], /is no array.* 1 ind/],
    [
      "too few",
      [raw_spin_lock(raw_spinlock("own", { per: [CPU] }))],
      /each cpu.*at\(own, \.\.\.\)/,
    ],
    ["one name twice", [set(variable("n", int(0, 1)), 1), set(variable("n", int(0, 1)), 0)], /two/],
  ] as const)("%s", (_, body, message) => {
    expect(() => initialState(translate(run(...body)))).toThrow(message);
  });
});
