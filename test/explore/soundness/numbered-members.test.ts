/** Members that are named by their number, and names of nobody. */
import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  CPU,
  type Effect,
  type Expr,
  NONE,
  type Process,
  assign,
  at,
  bool,
  check,
  cond,
  device,
  eq,
  hardirq,
  id,
  idOrNone,
  idSet,
  inside,
  int,
  lt,
  mutex,
  ne,
  scenario,
  send_ipi,
  set,
  step,
  tasks,
  thread,
  variable,
} from "../../../lib/machine/index.js";
import { agree } from "../agreement.js";

const TASK = idSet("task");

const x = variable("x", int(0, 3));

const vector = variable("vector", bool, { per: [CPU] });

/** An interrupt on CPU 0 that does nothing: with it, a task there may be interrupted. */
const interrupts: readonly Process[] = [
  hardirq("irq", vector, () => [step("nothing")]),
  device("device", [send_ipi(vector, 0)]),
];

const both = (processes: readonly Process[], sizes = { cpu: 3, task: 2 }) =>
  agree(scenario("both ways", { sizes, processes }));

describe("members that are named by their number", () => {
  it("are not interchangeable, in whatever branch of a value they are named", () => {
    const flag = variable("flag", bool);
    const who = variable("who", idOrNone(CPU));
    const some = cond(flag, 0, 1);
    const effects = (me: Expr): readonly (readonly Effect[])[] => [
      [assign(who, some), check(ne(who, me), "me")],
      [check(ne(me, some), "me")],
      [assign(who, cond(flag, cond(eq(flag, 0), 1, 0), me)), check(ne(who, 1), "1")],
    ];
    for (const at_ of [0, 1, 2]) {
      const violated = both(
        [
          tasks(
            "T",
            CPU,
            (cpu) => ({ cpu }),
            (me) => [step("s", { then: effects(me)[at_] ?? [] }), set(flag, flag)],
          ),
        ],
        { cpu: 2, task: 1 },
      );
      expect(violated).toContain("assert");
    }
  });
});

describe("the CPU of a process, where it depends on what others write", () => {
  it("may be the same while what chose it is not", () => {
    const which = variable("which", int(0, 1));
    const place = variable("place", id(CPU), { per: [2] });
    for (const cpu of [at(place, which), cond(eq(which, 1), 0, at(place, 0))]) {
      const look = step("look", { then: [check(ne(which, 1), "which is 1")] });
      const violated = both([
        thread("Q", 1, [set(which, 1), set(which, 0)]),
        tasks(
          "P",
          TASK,
          (me) => ({ cpu, runs: eq(me, 0) }),
          () => [look, set(at(place, 0), 0)],
        ),
      ]);
      expect(violated).toContain("assert");
    }
  });
});

describe("what names nobody", () => {
  it.each([false, true])("reads as nobody, assigned anywhere or not: %s", (assigned) => {
    const who = variable("who", idOrNone(CPU));
    const of = variable("of", int(-1, 1), { per: [CPU], init: 1 });
    const via = variable("via", idOrNone(CPU), { per: [CPU], init: (cpu) => cpu });
    const writes = assigned ? [set(at(of, 0), 1)] : [];
    for (const index of [who, at(via, who), cond(eq(x, 1), 0, who)]) {
      const read = step("read", { then: [check(eq(at(of, index), NONE), "somebody")] });
      expect(both([thread("T", 0, [read, set(who, 0), set(x, 1), ...writes])])).toEqual([]);
    }
  });

  it("runs on no CPU, whether there are interrupts or not", () => {
    const where = variable("where", idOrNone(CPU), { per: [TASK] });
    const task = tasks(
      "T",
      TASK,
      (me) => ({ cpu: at(where, me) }),
      (me) => [step("runs", { then: [check(false, "it runs")] }), set(at(where, me), 0)],
    );
    for (const more of [[], interrupts]) expect(both([task, ...more])).toEqual(["deadlock"]);
  });

  it("is refused: a process by its number, a section that there is not", () => {
    const lock = mutex("lock");
    const holder = step("holder", { then: [check(ne(lock, 1), "process 1 holds it")] });
    const named = scenario("named", { sizes: { cpu: 2 }, processes: [thread("T", 0, [holder])] });
    expect(() => explore(named)).toThrow(/process T, step "holder": .*named by the number 1/);
    const nowhere = scenario("nowhere", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [step("nothing")])],
      always: { alone: lt(inside("typo"), 2) },
    });
    expect(() => explore(nowhere)).toThrow(/inside\("typo"\): no process has a section/);
  });
});
