import { describe, expect, it } from "vitest";
import {
  type Process,
  type Variable,
  at,
  bool,
  forever,
  int,
  scenario,
  set,
  thread,
  translate,
  variable,
} from "../../../../lib/machine/index.js";

const shared = variable("shared", int(0, 3));
const flag = variable("flag", bool);
const local = (name: string): Variable => variable(name, int(0, 3));

/** How many locations a process has, and how many steps lead from them. */
function sizeOf(process: Process): { readonly locations: number; readonly steps: number } {
  const { processes } = translate(
    scenario("of one", { sizes: { cpu: 1 }, processes: [process], always: { any: at(flag) } }),
  );
  const [of] = processes;
  return { locations: of?.locations ?? 0, steps: of?.leaving.flat().length ?? 0 };
}

describe("locations of a process", () => {
  it("are one where a loop goes round to where it was entered", () => {
    const a = local("a");
    // What is done in no time at the begin of a round is done with the step before: the first round has none.
    const body = [forever([set(a, 1, "a = 1"), set(shared, 2, "shared = 2")])];
    expect(sizeOf({ ...thread("T", 0, body), locals: [a] })).toEqual({ locations: 1, steps: 1 });
  });

  it("stay apart where what follows them differs in what it stores", () => {
    const a = local("a");
    const rounds = forever([set(shared, 1, "store"), set(shared, 2, "store")]);
    expect(sizeOf({ ...thread("T", 0, [rounds]), locals: [a] }).locations).toBe(2);
  });

  it("stay apart where they only lead to others that differ", () => {
    const a = local("a");
    const rounds = forever([
      set(flag, true, "store"),
      set(shared, 1, "other"),
      set(flag, true, "store"),
      set(shared, 2, "other"),
    ]);
    expect(sizeOf({ ...thread("T", 0, [rounds]), locals: [a] }).locations).toBe(4);
  });

  it("are one where the same is done twice in a row, forever", () => {
    const a = local("a");
    const twice = [set(shared, 1, "store"), set(flag, true, "other")];
    const rounds = forever([...twice, ...twice]);
    expect(sizeOf({ ...thread("T", 0, [rounds]), locals: [a] })).toEqual({
      locations: 2,
      steps: 2,
    });
  });
});
