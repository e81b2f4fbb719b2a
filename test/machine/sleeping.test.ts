import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { lockdepOn } from "../../lib/verdict/index.js";
import {
  type Expr,
  type LockRef,
  type Process,
  type Scenario,
  type Statement,
  down_read,
  down_read_trylock,
  down_write,
  downgrade_write,
  eq,
  forever,
  idSet,
  idle_until,
  if_,
  local_irq_disable,
  local_irq_enable,
  mutex,
  mutex_lock,
  mutex_trylock,
  mutex_unlock,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  rwsem,
  bool,
  scenario,
  scheduler,
  section,
  set,
  step,
  tasks,
  thread,
  translate,
  up_read,
  up_write,
  variable,
  wait_until,
} from "../../lib/machine/index.js";
import { agree } from "../explore/agreement.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";

const TASK = idSet("t");
const a = mutex("a");
const b = mutex("b");
const sem = rwsem("sem");
const sched = scheduler({ tasks: TASK });
const { mutex_lock: lock, mutex_unlock: unlock, schedule } = sched;

/** Tasks of a scheduler, each with the same code. */
function shared(
  sizes: { readonly cpu: number; readonly t: number },
  body: (me: Expr) => readonly Statement[],
  more: readonly Process[] = [],
): Scenario {
  const all = tasks("t", TASK, sched.place, (me) => [...sched.schedule_tail(me), ...body(me)]);
  return scenario("sleepers", { sizes, processes: [all, sched.swapper(), ...more] });
}

/** The first task does one thing, the others another. */
const first = (me: Expr, one: readonly Statement[], others: readonly Statement[]): Statement =>
  if_(eq(me, 0), one, others);

const both = (me: Expr, outer: LockRef, inner: LockRef): readonly Statement[] => [
  lock(me, outer),
  schedule(me),
  lock(me, inner),
  unlock(me, inner),
  unlock(me, outer),
];

const stuckIn = (of: Scenario) => explore(of).violations.deadlock?.message;

describe("a task that waits for a mutex", () => {
  const alone = section("alone", [step("x")]);
  const once = (me: Expr): readonly Statement[] => [
    lock(me, a),
    schedule(me),
    alone,
    unlock(me, a),
  ];

  it.each([
    [1, 2],
    [2, 2],
    [1, 3],
  ])("leaves its CPU and is woken: %i CPU(s), %i tasks", (cpu, t) => {
    expect(agree(shared({ cpu, t }, once))).toEqual([]);
  });

  it("finds the mutex taken again and sleeps again, for as long as that happens", () => {
    const again = (me: Expr) => [forever(once(me))];
    expect(agree(shared({ cpu: 2, t: 2 }, again))).toEqual([]);
  });

  it("waits forever if the owner ends without an unlock", () => {
    const leaves = shared({ cpu: 1, t: 2 }, (me) => [lock(me, a), schedule(me)]);
    expect(agree(leaves)).toEqual(["deadlock"]);
    expect(stuckIn(leaves)).toMatch(/^t[01] waits forever: mutex_lock\(&a\): switched in$/);
  });

  it("is not stuck where it was woken and another keeps the CPU", () => {
    const keeps = (me: Expr) => [...once(me), forever([step("busy")])];
    expect(agree(shared({ cpu: 1, t: 2 }, keeps))).toEqual([]);
  });

  it.each([1, 2])("and for one that waits for it: AB/BA on %i CPU(s)", (cpu) => {
    const abba = (turned: boolean) =>
      shared({ cpu, t: 2 }, (me) => [
        first(me, both(me, a, b), turned ? both(me, b, a) : both(me, a, b)),
      ]);
    expect(agree(abba(true))).toEqual(["deadlock"]);
    expect(stuckIn(abba(true))).toMatch(/waits forever: mutex_lock\(&[ab]\)/);
    expect(agree(abba(false))).toEqual([]);
    expect(lockdepOn(abba(true)).report?.kind).toBe("circular");
    expect(lockdepOn(abba(false)).report).toBeNull();
  });

  it("may be overtaken by one that tries", () => {
    const tries = shared({ cpu: 1, t: 2 }, (me) => [
      mutex_trylock(a, [schedule(me), alone, unlock(me, a)], [...once(me)]),
    ]);
    expect(agree(tries)).toEqual([]);
  });

  it("unlocks what it holds only", () => {
    expect(agree(shared({ cpu: 1, t: 1 }, (me) => [unlock(me, a)]))).toEqual(["misuse"]);
  });
});

describe("a task that waits for a semaphore", () => {
  const reads = (me: Expr, ...body: readonly Statement[]) => [
    sched.down_read(me, sem),
    schedule(me),
    ...body,
    sched.up_read(me, sem),
  ];
  const writes = (me: Expr, ...body: readonly Statement[]) => [
    sched.down_write(me, sem),
    schedule(me),
    ...body,
    sched.up_write(me, sem),
  ];
  const inside = (me: Expr) => section("inside", [schedule(me)]);

  it.each([
    [1, 2],
    [2, 2],
    [1, 3],
  ])("leaves its CPU and is woken: %i CPU(s), %i tasks", (cpu, t) => {
    const mixed = shared({ cpu, t }, (me) => [first(me, writes(me, inside(me)), reads(me))]);
    expect(agree(mixed)).toEqual([]);
    expect(agree(shared({ cpu, t }, (me) => writes(me, inside(me))))).toEqual([]);
  });

  it("shares it with readers, and not with a writer", () => {
    const readers = shared({ cpu: 1, t: 2 }, (me) => reads(me, inside(me)));
    expect(agree(readers)).toEqual(["invariant"]);
    const writer = shared({ cpu: 1, t: 2 }, (me) => [
      first(me, writes(me, inside(me)), reads(me, inside(me))),
    ]);
    expect(agree(writer)).toEqual([]);
  });

  it("waits for itself if it reads twice with a writer in between", () => {
    const twice = (me: Expr) => reads(me, ...reads(me));
    const with_ = (writing: boolean) =>
      shared({ cpu: 1, t: 2 }, (me) => [first(me, twice(me), writing ? writes(me) : reads(me))]);
    expect(agree(with_(true))).toEqual(["deadlock"]);
    expect(agree(with_(false))).toEqual([]);
  });

  it("is let in by a writer that goes on as a reader", () => {
    // The writer goes on only once the other reads, too.
    const met = (me: Expr) => reads(me);
    const story = (downgrades: boolean) =>
      shared({ cpu: 1, t: 2 }, (me) => [
        first(
          me,
          [
            sched.down_write(me, sem),
            schedule(me),
            ...(downgrades ? [sched.downgrade_write(me, sem)] : []),
            forever([schedule(me), step("goes on")]),
          ],
          met(me),
        ),
      ]);
    expect(agree(story(true))).toEqual([]);
    expect(agree(story(false))).toEqual(["deadlock"]);
  });

  it("may be overtaken by a reader that tries", () => {
    const tries = shared({ cpu: 1, t: 2 }, (me) => [
      first(me, writes(me), [down_read_trylock(sem, [schedule(me), sched.up_read(me, sem)])]),
    ]);
    expect(agree(tries)).toEqual([]);
  });
});

describe.skipIf(!hasSpin)("SPIN and the lab", () => {
  const once = (me: Expr) => [lock(me, a), schedule(me), unlock(me, a)];
  it.each([
    ["a mutex", (me: Expr) => once(me)],
    ["one that keeps the CPU", (me: Expr) => [...once(me), idle_until(false)]],
    ["an owner that ends", (me: Expr) => [lock(me, a), schedule(me)]],
    ["AB/BA", (me: Expr) => [first(me, both(me, a, b), both(me, b, a))]],
  ] as const)("agree about %s of tasks that share a CPU", async (_, body) => {
    await agreeWithSpin(shared({ cpu: 1, t: 2 }, body));
  });
});

describe("a call that would keep the CPU of others is refused", () => {
  it.each([
    ["mutex_lock", [mutex_lock(a)], /process t, mutex_lock\(&a\): .* write sched\.mutex_lock/],
    ["mutex_unlock", [mutex_unlock(a)], /write sched\.mutex_unlock/],
    ["down_read", [down_read(sem)], /write sched\.down_read/],
    ["up_read", [up_read(sem)], /write sched\.up_read/],
    ["down_write", [down_write(sem)], /write sched\.down_write/],
    ["up_write", [up_write(sem)], /write sched\.up_write/],
    ["downgrade_write", [downgrade_write(sem)], /write sched\.downgrade_write/],
  ] as const)("%s in a task that shares its CPU", (_, body, message) => {
    const of = shared({ cpu: 1, t: 2 }, () => body);
    expect(() => translate(of)).toThrow(message);
    expect(() => translate(of)).toThrow(TypeError);
  });

  it("and one by a thread that would not wake the sleepers of a scheduler", () => {
    const plain = [thread("T", 1, [mutex_lock(a), mutex_unlock(a)])];
    const sleeps = (m: LockRef) => (me: Expr) => [lock(me, m), unlock(me, m)];
    expect(() => translate(shared({ cpu: 2, t: 1 }, sleeps(a), plain))).toThrow(
      /process T, mutex_lock\(&a\): tasks of a scheduler sleep for this lock/,
    );
    expect(agree(shared({ cpu: 2, t: 1 }, sleeps(b), plain))).toEqual([]);
  });

  it("silent where every task has a CPU of its own", () => {
    const own = tasks(
      "t",
      TASK,
      () => ({ cpu: 0 }),
      () => [mutex_lock(a), mutex_unlock(a)],
    );
    const of = scenario("own", { sizes: { cpu: 1, t: 1 }, processes: [own] });
    expect(agree(of)).toEqual([]);
  });
});

describe("a call that may sleep", () => {
  const spin = raw_spinlock("spin");
  const taken = variable("taken", bool);
  const own = (take: Statement) => [take, set(taken, true), idle_until(false)];
  /** What follows when another has what is wanted, and keeps it. */
  const contended = (take: Statement, body: readonly Statement[]) =>
    scenario("atomic", {
      sizes: { cpu: 2 },
      processes: [
        thread("owner", 0, own(take)),
        thread("waiter", 1, [wait_until(taken), ...body, forever([step("never")])]),
      ],
    });
  const spinning = raw_spin_lock(spin);
  const off = local_irq_disable();

  it.each([
    ["mutex_lock", mutex_lock(a), mutex_lock(a)],
    ["down_read", down_write(sem), down_read(sem)],
    ["down_write", down_read(sem), down_write(sem)],
  ] as const)("is a misuse in atomic context before it has the lock: %s", (_, take, call) => {
    expect(agree(contended(take, [spinning, call]))).toEqual(["deadlock", "misuse"]);
    expect(agree(contended(take, [off, call]))).toEqual(["deadlock", "misuse"]);
    const { violations } = explore(contended(take, [off, call]));
    expect(violations.misuse?.message).toMatch(/in atomic context$/);
  });

  it("is none where sleeping is allowed", () => {
    const allowed = [spinning, raw_spin_unlock(spin), off, local_irq_enable(), mutex_lock(a)];
    expect(agree(contended(mutex_lock(a), allowed))).toEqual(["deadlock"]);
  });

  it("of a scheduler's task, too: free or not", () => {
    const of = (t: number) =>
      shared({ cpu: 1, t }, (me) => [
        first(
          me,
          [raw_spin_lock(spin), lock(me, a), unlock(me, a), raw_spin_unlock(spin)],
          [lock(me, a), schedule(me), idle_until(false)],
        ),
      ]);
    expect(agree(of(1))).toEqual(["misuse"]);
    expect(explore(of(1)).violations.misuse?.message).toBe("mutex_lock(&a) in atomic context");
    expect(agree(of(2))).toContain("misuse");
  });
});
