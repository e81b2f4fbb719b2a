import { describe, expect, it } from "vitest";
import { explore, printReplay } from "../../lib/explore/index.js";
import {
  type Process,
  type Statement,
  add,
  anyOf,
  at,
  barrier,
  barrier_wait,
  bool,
  ended,
  eq,
  fifo_receive,
  fifo_send,
  forever,
  idSet,
  idle_until,
  int,
  join,
  kfifo,
  le,
  lt,
  mutex,
  mutex_lock,
  mutex_unlock,
  not,
  replay,
  scenario,
  set,
  step,
  tasks,
  thread,
  translate,
  variable,
  wait_until,
} from "../../lib/machine/index.js";
import { agree } from "../explore/agreement.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";

type More = Omit<Parameters<typeof scenario>[1], "sizes" | "processes">;

const of = (processes: readonly Process[], more: More = {}, sizes = {}) =>
  scenario("threads", { sizes, processes, ...more });

const n = variable("n", int(0, 3));

const r = variable("r", int(0, 3), { per: [2] });

const m = mutex("m");

const load = (me: number) => [set(at(r, me), n), set(n, add(at(r, me), 1))];

const safely = (me: number) => [mutex_lock(m), ...load(me), mutex_unlock(m)];

const adders = (body: (me: number) => readonly Statement[]) => [
  thread("A", body(0)),
  thread("B", body(1)),
];

const done = variable("done", bool);

describe("join()", () => {
  it("comes after what stands before it, whatever its process has for itself", () => {
    const shown = variable("shown", bool);
    const own = variable("own", bool);
    const waits = thread("main", [set(own, true), set(shown, true), join("A")]);
    const scene = of([thread("A", [step("sees", { when: shown })]), { ...waits, locals: [own] }]);
    expect(explore(scene).verdict).toBe("safe");
  });

  const sum = (body: (me: number) => readonly Statement[]) =>
    of(
      [
        ...adders(body),
        thread("main", [
          join("A"),
          join("B"),
          step("print", { when: le(n, 3) }),
          set(done, eq(n, 2)),
        ]),
      ],
      { finally: { "n is 2": done } },
    );

  it("waits until a thread has ended, and for nothing else", () => {
    expect(agree(sum(safely))).toEqual([]);
    expect(agree(sum(load))).toEqual(["assert"]);
  });

  it("waits for all members of a set, or for one by its number", () => {
    const W = idSet("w");
    const went = variable("went", bool, { per: [W] });
    const workers = tasks(
      "worker",
      W,
      () => ({}),
      (me) => [set(at(went, me), true)],
    );
    const waits = (name: string, which: readonly number[]) =>
      of(
        [
          workers,
          thread("main", [join(name), ...which.map((w) => step("went", { when: at(went, w) }))]),
        ],
        {},
        { w: 2 },
      );
    expect(explore(waits("worker", [0, 1])).verdict).toBe("safe");
    expect(explore(waits("worker1", [1])).verdict).toBe("safe");
  });

  it("is stuck on one that is stuck", () => {
    const hangs = thread("A", [wait_until(done)]);
    expect(explore(of([hangs, thread("main", [join("A")])])).verdict).toBe("deadlock");
  });

  it("names who there is, and who never ends", () => {
    expect(() => translate(of([thread("A", [step("a")]), thread("main", [join("B")])]))).toThrow(
      /ended\("B"\): no process is called that; there are A, main/,
    );
    const loops = thread("A", [forever([step("a")])]);
    expect(() => translate(of([loops, thread("main", [join("A")])]))).toThrow(
      /its body never ends/,
    );
  });

  it("is what a condition can ask, too", () => {
    const scene = of([thread("A", [set(n, 1), set(n, 2)])], {
      always: { late: not(eq(ended("A"), eq(n, 1))) },
    });
    agree(scene);
    expect(explore(scene).verdict).toBe("invariant");
  });
});

describe("finally", () => {
  const counted = (body: (me: number) => readonly Statement[]) =>
    of(adders(body), { finally: { "n is 2": eq(n, 2) } });

  it("is asked where all have ended, and fails as an assertion", () => {
    expect(agree(counted(safely))).toEqual([]);
    expect(agree(counted(load))).toEqual(["assert"]);
    const { schedule = [], message } = explore(counted(load)).violations.assert ?? {};
    expect(message).toBe("n is 2");
    expect(schedule).toHaveLength(4);
    expect(printReplay(replay(translate(counted(load)), schedule)).at(-1)).toBe(
      "assert: n is 2, where all have ended",
    );
  });

  it("is not asked where somebody is stuck, and is where somebody idles", () => {
    const stuck = of([thread("A", [set(n, 1), wait_until(done)])], {
      finally: { never: eq(n, 3) },
    });
    expect(Object.keys(explore(stuck).violations)).toEqual(["deadlock"]);
    const idles = thread("kthread", [forever([idle_until(done)])]);
    const idle = of([thread("A", [set(n, 1)]), idles], { finally: { never: eq(n, 3) } });
    expect(explore(idle).verdict).toBe("assert");
  });
});

describe("anyOf() first values", () => {
  const start = variable("start", int(0, 5), { init: anyOf(1, 3) });
  const pair = variable("pair", bool, { per: [2], init: anyOf(0, 1) });

  it("are each begun with, before anybody moves", () => {
    const scene = of([thread("T", [wait_until(eq(start, 3)), set(n, 1)])]);
    agree(scene);
    const { verdict, violations } = explore(scene);
    expect(verdict).toBe("deadlock");
    const { schedule = [] } = violations.deadlock ?? {};
    expect(printReplay(replay(translate(scene), schedule))[0]).toMatch(/start +start = 1$/);
    expect(explore(of([thread("T", [wait_until(lt(0, start))])])).states).toBe(1 + 2 + 2);
  });

  it("are chosen for each element on its own", () => {
    const scene = of([thread("T", [set(n, add(at(pair, 0), at(pair, 1)))])], {
      always: { two: le(n, 1) },
    });
    expect(explore(scene).verdict).toBe("invariant");
    expect(explore(scene).states).toBe(1 + 4 + 4);
  });

  it("are no violation of what must always hold before they are chosen", () => {
    const scene = of([thread("T", [set(n, start)])], { always: { odd: not(eq(start, 0)) } });
    expect(explore(scene).verdict).toBe("safe");
  });

  it("are refused where there are none, or too many", () => {
    expect(() => anyOf()).toThrow(/one whole number or more/);
    const many = variable("many", bool, { per: [20], init: anyOf(0, 1) });
    expect(() => translate(of([thread("T", [set(n, at(many, 3))])]))).toThrow(/1048576 beginnings/);
  });
});

describe.skipIf(!hasSpin)("SPIN and the lab", () => {
  const phase = barrier("phase", 2);
  const q = kfifo("q", int(0, 3), 2);
  const start = variable("start", int(0, 3), { init: anyOf(1, 2) });
  it.concurrent.each([
    [
      "join and finally",
      of([...adders(load), thread("main", [join("A"), join("B"), set(done, eq(n, 2))])], {
        finally: { two: done },
      }),
    ],
    ["finally, mended", of(adders(safely), { finally: { "n is 2": eq(n, 2) } })],
    [
      "a barrier",
      of(
        [0, 1].map((me) =>
          thread(`T${String(me)}`, [
            forever([set(at(r, me), 1), barrier_wait(phase), set(at(r, me), 0)]),
          ]),
        ),
      ),
    ],
    [
      "a queue",
      of([
        thread("P", [forever([fifo_send(q, n), set(n, 1)])]),
        thread("C", [forever([fifo_receive(q, n)])]),
      ]),
    ],
    ["first values", of([thread("T", [set(n, start)]), thread("U", [wait_until(eq(n, 2))])])],
  ])("agree about %s", async (_, scene) => {
    await agreeWithSpin(scene);
  });
});
