import { describe, expect, it } from "vitest";
import { bothOn, lockdepOn } from "../../../lib/verdict/index.js";
import {
  type LockRef,
  type Statement,
  CPU,
  at,
  bool,
  choose,
  coveringRuns,
  either,
  eq,
  forever,
  id,
  if_,
  int,
  mutex,
  mutex_lock,
  mutex_trylock,
  mutex_unlock,
  ne,
  scenario,
  set,
  step,
  thread,
  variable,
  assign,
  wait_until,
} from "../../../lib/machine/index.js";

const [a, b, c] = [mutex("a"), mutex("b"), mutex("c")];
const both = (x: LockRef, y: LockRef): readonly Statement[] => [
  mutex_lock(x),
  mutex_lock(y),
  mutex_unlock(y),
  mutex_unlock(x),
];
const n = variable("n", int(0, 3));
const go = variable("go", bool);
const target = variable("target", id(CPU));
const of = (...bodies: readonly (readonly Statement[])[]) =>
  scenario("arms", {
    sizes: { cpu: Math.max(2, bodies.length) },
    processes: bodies.map((body, cpu) => thread(`T${String(cpu)}`, cpu, body)),
  });

describe("lockdep hears of every arm", () => {
  const ab = both(a, b);
  const ba = both(b, a);
  it.each([
    ["of an either", [either(ab, ba)], []],
    ["within an arm", [either([step("x"), either(ab, [step("y"), ...ba])], [step("z")])], []],
    [
      "of an if_ on what was chosen",
      [either([set(n, 1)], [set(n, 2)], [set(n, 3)]), if_(eq(n, 3), ba, ab)],
      [],
    ],
    [
      "of an if_ on which CPU was picked",
      [
        choose(CPU, (cpu) => step("pick", { then: [assign(target, cpu)] })),
        if_(ne(target, 0), ba, ab),
      ],
      [],
    ],
    ["that depends on who is first", [if_(go, ab, ba)], [set(go, true)]],
    ["of a trylock that fails", [mutex_trylock(c, [mutex_unlock(c), ...ab], ba)], both(c, a)],
  ])("%s", (_, body, other) => {
    const scene = of([...body], [...other]);
    expect(lockdepOn(scene, { runs: 1 }).report).toBeNull();
    expect(lockdepOn(scene).report?.kind).toBe("circular");
    expect(bothOn(scene).neverRan).toEqual([]);
  });

  it("of one who comes again, in one run", () => {
    const again = forever([either([set(n, 1)], [set(n, 0)], ab), if_(eq(n, 1), ba)]);
    expect(lockdepOn(of([again]), { runs: 1 }).report?.kind).toBe("circular");
  });

  it("though an earlier run ended where somebody waits forever", () => {
    const waits = either([mutex_lock(c), wait_until(go), mutex_unlock(c)], [either(ab, ba)]);
    expect(lockdepOn(of([waits])).report?.kind).toBe("circular");
  });

  it("and a report has the names of the tasks, whichever run it comes from", () => {
    expect(lockdepOn(of([either(ab, ba)])).report).toMatchObject({ task: { comm: "T0" } });
  });
});

describe("what never ran", () => {
  it("is named", () => {
    const hidden = [set(n, 1), if_(eq(n, 3), both(b, a))];
    expect(bothOn(of([...both(a, b), ...hidden])).neverRan).toEqual([
      "T0: n == 3",
      "T0: mutex_lock(&b)",
      "T0: mutex_lock(&a)",
      "T0: mutex_unlock(&a)",
      "T0: mutex_unlock(&b)",
    ]);
  });

  it("is nothing of a straight program, which runs once", () => {
    const { runs, neverRan } = coveringRuns(of(both(a, b), both(a, b)));
    expect([runs.length, neverRan]).toEqual([1, []]);
  });

  it("is what one run leaves out, if there is to be one", () => {
    const { runs, neverRan } = coveringRuns(of([either(both(a, b), both(b, a))]), { runs: 1 });
    expect(runs).toHaveLength(1);
    expect(neverRan.length).toBeGreaterThan(0);
  });
});

describe("runs", () => {
  it("are each possible from the start", () => {
    const pair = variable("pair", bool, { per: [2] });
    const { model, runs } = coveringRuns(
      of([either([set(at(pair, 0), true)], [set(at(pair, 1), true)])]),
    );
    expect(runs).toHaveLength(2);
    expect(model.transitions.length).toBeGreaterThan(1);
    expect(runs.map(({ schedule }) => schedule.length)).toEqual([1, 1]);
  });
});
