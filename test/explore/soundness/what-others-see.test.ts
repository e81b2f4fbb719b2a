/** A reduced search has the verdict of a whole one: reads, writes and ends that matter to others. */
import { describe, expect, it } from "vitest";
import {
  CPU,
  type Expr,
  NONE,
  type Process,
  assign,
  at,
  bool,
  check,
  choose,
  each,
  either,
  eq,
  expr,
  forever,
  idOrNone,
  idSet,
  if_,
  int,
  ne,
  or,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  step,
  tasks,
  thread,
  variable,
  wait_until,
  when,
} from "../../../lib/machine/index.js";
import { agree } from "../agreement.js";

const TASK = idSet("task");

const a = raw_spinlock("a");

const x = variable("x", int(0, 3));

const go = variable("go", bool);

const xIs0 = step("x is 0", { then: [check(eq(x, 0), "x is not 0")] });

const hang = wait_until(expr(false), "hang");

const both = (processes: readonly Process[], sizes = { cpu: 3, task: 2 }) =>
  agree(scenario("both ways", { sizes, processes }));

describe("a reduced search sees what others see", () => {
  it("of an element whose index was written earlier in the same step", () => {
    const index = variable("index", int(0, 1));
    const array = variable("array", int(0, 3), { per: [2] });
    const write = [assign(index, 1), assign(at(array, index), 1)];
    const violated = both([
      thread("T0", 0, [step("both", { then: write })]),
      thread("T1", 1, [if_(eq(at(array, 1), 0), [hang])]),
    ]);
    expect(violated).toEqual(["deadlock"]);
  });

  it("of an element whose index a test of the same step reads after it was written", () => {
    const index = variable("index", int(0, 1));
    const array = variable("array", int(0, 3), { per: [2] });
    const test = when(eq(at(array, index), 1), [assign(x, 1)]);
    const violated = both([
      thread("T0", 0, [step("both", { then: [assign(index, 1), test] }), if_(eq(x, 1), [hang])]),
      thread("T1", 1, [set(at(array, 1), 1)]),
    ]);
    expect(violated).toEqual(["deadlock"]);
  });

  it("of each way that a process which nobody disturbs can go", () => {
    const fate = [either([set(x, 1)], [set(x, 2)]), xIs0];
    const local = [thread("T0", 0, [either([step("left")], [step("right")]), ...fate])];
    for (const wrong of [1, 2]) {
      const asked = step("x", { then: [check(ne(x, wrong), "x is wrong")] });
      const threads = [thread("T0", 0, [either([set(x, 1)], [set(x, 2)]), asked])];
      expect(both([...threads, thread("T1", 1, [set(go, true)])])).toEqual(["assert"]);
    }
    expect(both(local)).toEqual(["assert"]);
  });

  it("of what must hold always and is broken while a lock keeps everybody away", () => {
    const body = [raw_spin_lock(a), set(x, 1), set(x, 0), raw_spin_unlock(a)];
    const processes = [thread("T0", 0, body), thread("T1", 1, body)];
    const always = { "x is 0": eq(x, 0) };
    expect(agree(scenario("always", { sizes: { cpu: 2 }, processes, always }))).toEqual([
      "invariant",
    ]);
  });

  it("of one of many that are alike, who waits forever while the others go on", () => {
    const first = variable("first", idOrNone(CPU));
    // In so many places, of which some sort before where the others wait, and some behind it.
    const round = [0, 1, 2, 3, 0, 1, 2, 3].map((value) => set(x, value));
    const elect = (me: Expr) => when(eq(first, NONE), [assign(first, me)]);
    const alike = tasks(
      "T",
      CPU,
      (cpu) => ({ cpu }),
      (me) => [step("elect", { then: [elect(me)] }), if_(eq(first, me), [forever(round)], [hang])],
    );
    for (const cpu of [2, 3]) expect(both([alike], { cpu, task: 1 })).toEqual(["deadlock"]);
  });

  it("of what a lock guards that somebody drops who does not hold it", () => {
    const violated = both([
      thread("T0", 0, [raw_spin_lock(a), set(x, 1), set(x, 0), raw_spin_unlock(a)]),
      thread("T1", 1, [
        raw_spin_unlock(a),
        raw_spin_lock(a),
        if_(eq(x, 1), [hang]),
        raw_spin_unlock(a),
      ]),
    ]);
    expect(violated).toEqual(["deadlock", "misuse"]);
  });

  it("of members that an effect on each of them tells apart by their order", () => {
    const winner = variable("winner", idOrNone(TASK));
    const marked = variable("marked", bool, { per: [TASK] });
    const elect = each(TASK, (task) => [when(eq(winner, NONE), [assign(winner, task)])]);
    const violated = agree(
      scenario("elect", {
        sizes: { cpu: 2, task: 2 },
        processes: [
          thread("T0", 0, [
            choose(TASK, (task) => step("mark", { then: [assign(at(marked, task), true)] })),
            set(go, true),
          ]),
          thread("T1", 1, [
            step("elect", { when: go, then: [elect] }),
            if_(at(marked, winner), [step("no", { then: [check(false, "it was marked")] })]),
          ]),
        ],
        always: {
          watched: or(eq(winner, NONE), ne(winner, NONE)),
          too: or(go, eq(go, false)),
        },
      }),
    );
    expect(violated).toEqual(["assert"]);
  });
});
