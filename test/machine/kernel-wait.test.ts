import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { bothOn, lockdepOn } from "../../lib/verdict/index.js";
import {
  type Process,
  type Statement,
  and,
  assign,
  bool,
  cancel_work_sync,
  complete,
  complete_all,
  completion,
  down,
  down_interruptible,
  down_trylock,
  eq,
  flush_workqueue,
  forever,
  int,
  kworkers,
  mutex,
  mutex_lock,
  mutex_unlock,
  not,
  queue_work,
  reinit_completion,
  scenario,
  section,
  set,
  signals,
  spin_acquire,
  spin_lock,
  spin_release,
  spin_unlock,
  spinlock,
  step,
  thread,
  up,
  variable,
  wait_event,
  wait_event_exclusive,
  wait_event_interruptible,
  wait_event_timeout,
  wait_for_completion,
  wait_for_completion_timeout,
  wait_queue,
  wait_until,
  wake_up,
  wake_up_all,
  semaphore,
  work_struct,
  workqueue,
} from "../../lib/machine/index.js";
import { agree } from "../explore/agreement.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";

const of = (...processes: readonly Process[]) => scenario("waits", { sizes: {}, processes });
const verdict = (...processes: readonly Process[]) => {
  agree(of(...processes));
  return explore(of(...processes)).verdict;
};
const done = completion("done");
const sem = semaphore("sem");
const wq = wait_queue("wq");
const ready = variable("ready", bool);

describe("a completion", () => {
  const waiter = thread("waiter", [wait_for_completion(done)]);
  it("remembers that it was completed before anybody waits", () => {
    expect(verdict(waiter, thread("T", [complete(done)]))).toBe("safe");
  });

  it("lets one go on for each complete(), and all for complete_all()", () => {
    const two = [waiter, thread("other", [wait_for_completion(done)])];
    expect(verdict(...two, thread("T", [complete(done)]))).toBe("deadlock");
    expect(verdict(...two, thread("T", [complete(done), complete(done)]))).toBe("safe");
    expect(verdict(...two, thread("T", [complete_all(done)]))).toBe("safe");
    expect(verdict(...two, thread("T", [complete_all(done), reinit_completion(done)]))).toBe(
      "deadlock",
    );
  });

  it("names the way out where it is completed more often than it counts", () => {
    const { violations } = explore(of(thread("T", [forever([complete(done)])])));
    expect(violations.misuse?.message).toMatch(/\{ most: 4 \} of completion\(\)/);
  });

  it("is not for atomic context, done or not", () => {
    const l = spinlock("l");
    const inside = [spin_lock(l), wait_for_completion(done), spin_unlock(l)];
    expect(explore(of(thread("T", [complete(done), ...inside]))).verdict).toBe("misuse");
  });

  it("with a time that may be up is no deadlock", () => {
    expect(verdict(thread("T", [wait_for_completion_timeout(done)]))).toBe("safe");
  });
});

describe("a semaphore", () => {
  const use = [down(sem), section("data", []), up(sem)];
  it("lets in as many as it counts", () => {
    expect(verdict(thread("T", use), thread("U", use))).toBe("safe");
    const wide = semaphore("sem", { count: 2 });
    const both = [down(wide), section("data", []), up(wide)];
    expect(verdict(thread("T", both), thread("U", both))).toBe("invariant");
  });

  it("may be given by who has not taken it, and too often is a misuse", () => {
    const from = semaphore("sem", { count: 0 });
    expect(verdict(thread("T", [down(from)]), thread("U", [up(from)]))).toBe("safe");
    expect(verdict(thread("U", [up(from), up(from)]))).toBe("misuse");
  });

  it("is waited for until a signal comes, if one comes", () => {
    const forgets = thread("T", [down(sem)]);
    const other = thread("U", [down_interruptible(sem)]);
    expect(verdict(forgets, other)).toBe("deadlock");
    // A signal may come; who sends it may also never send one.
    expect(verdict(forgets, other, signals())).toBe("deadlock");
    expect(verdict(forgets, thread("U", [down_trylock(sem, [up(sem)])]))).toBe("safe");
  });

  it("is none of lockdep's business", () => {
    expect(lockdepOn(of(thread("T", use))).held_locks()).toEqual([]);
  });
});

describe("a wait queue", () => {
  const wakes = (wake: Statement) => thread("waker", [set(ready, true), wake]);
  it("wakes whoever waits, and one of those who wait exclusively", () => {
    const waiter = thread("A", [wait_event(wq, ready)]);
    const exclusive = (name: string) => thread(name, [wait_event_exclusive(wq, ready)]);
    expect(verdict(waiter, wakes(wake_up(wq)))).toBe("safe");
    expect(verdict(exclusive("A"), exclusive("B"), wakes(wake_up(wq)))).toBe("deadlock");
    expect(verdict(exclusive("A"), exclusive("B"), wakes(wake_up_all(wq)))).toBe("safe");
    expect(verdict(waiter, exclusive("B"), wakes(wake_up(wq)))).toBe("safe");
  });

  it("loses the wakeup that comes before the condition", () => {
    const early = thread("waker", [wake_up(wq), set(ready, true)]);
    expect(verdict(thread("A", [wait_event(wq, ready)]), early)).toBe("deadlock");
  });

  it("gives the two ends of a wait apart", () => {
    const got = variable("got", int(0, 2));
    const ends = [[set(got, 1)], [set(got, 2)]] as const;
    const result = (wait: Statement, more: readonly Process[], wanted: number) =>
      explore(
        scenario("ends", {
          sizes: {},
          always: { unlike: not(eq(got, wanted)) },
          processes: [thread("A", [wait]), ...more],
        }),
      ).verdict;
    const interrupted = wait_event_interruptible(wq, ready, ...ends);
    expect(result(interrupted, [wakes(wake_up(wq))], 2)).toBe("safe");
    expect(result(interrupted, [wakes(wake_up(wq)), signals()], 2)).toBe("invariant");
    expect(result(interrupted, [wakes(wake_up(wq))], 1)).toBe("invariant");
    expect(result(wait_event_timeout(wq, ready, ...ends), [], 2)).toBe("invariant");
    expect(result(wait_event_timeout(wq, ready, ...ends), [], 1)).toBe("safe");
  });
});

describe("a workqueue", () => {
  const [one, two] = [work_struct("one"), work_struct("two")];
  const queue = workqueue("queue", [one, two]);
  const ordered = workqueue("queue", [one, two], { max_active: 1 });
  const m = mutex("m");
  const body = [section("data", [])];
  const workers = (of: typeof queue, first: readonly Statement[] = body) =>
    kworkers(of, [
      { work: one, body: first },
      { work: two, body },
    ]);
  const user = (of: typeof queue, ...more: readonly Statement[]) =>
    thread("user", [queue_work(of, one), queue_work(of, two), ...more]);

  it("runs works side by side unless it is ordered", () => {
    expect(verdict(user(queue), ...workers(queue))).toBe("invariant");
    expect(verdict(user(ordered), ...workers(ordered))).toBe("safe");
  });

  it("runs the works of an ordered queue in their order", () => {
    const last = variable("last", int(0, 2));
    const note = (n: number) => [step(`last = ${String(n)}`, { then: [assign(last, n)] })];
    const s = scenario("order", {
      sizes: {},
      quiescent: { "two is last": not(eq(last, 1)) },
      processes: [
        user(ordered),
        ...kworkers(ordered, [
          { work: one, body: note(1) },
          { work: two, body: note(2) },
        ]),
      ],
    });
    expect(explore(s).verdict).toBe("safe");
  });

  it("waits in flush_workqueue() for what was queued, and not in cancel_work_sync() for what has not begun", () => {
    const ran = variable("ran", bool);
    const mark = [set(ran, true)];
    const flushed = user(queue, flush_workqueue(queue), step("all done", { when: ran }));
    expect(verdict(flushed, ...workers(queue, mark))).toBe("safe");
    const cancelled = thread("user", [
      queue_work(queue, one),
      cancel_work_sync(queue, one),
      set(ran, true),
    ]);
    const after = [step("not after cancel", { when: not(ran) })];
    expect(verdict(cancelled, ...workers(queue, after))).toBe("safe");
  });

  it("cancelled under the mutex of a work that runs is a deadlock, which lockdep knows", () => {
    const close = thread("user", [
      queue_work(queue, one),
      mutex_lock(m),
      cancel_work_sync(queue, one),
      mutex_unlock(m),
    ]);
    const s = of(close, ...workers(queue, [mutex_lock(m), mutex_unlock(m)]));
    expect(bothOn(s, { order: ["kworker/one"] })).toMatchObject({
      result: { verdict: "deadlock" },
    });
  });

  it("refuses a work that it was not given", () => {
    expect(() => queue_work(queue, work_struct("three"))).toThrow(/was given one, two/);
    expect(() => kworkers(queue, [{ work: one, body }])).toThrow(/what does two do/);
  });

  it.skipIf(!hasSpin)("has as many states in SPIN", async () => {
    const s = of(user(ordered, cancel_work_sync(ordered, two)), ...workers(ordered));
    await agreeWithSpin(s);
  });
});

describe("an annotation before a wait", () => {
  it("is told, although the wait never ends", () => {
    const map = mutex("work map", { waitInner: 0 });
    const m = mutex("m");
    const [pending, running] = [variable("pending", bool), variable("running", bool)];
    const s = of(
      thread("T0", [
        set(pending, true),
        mutex_lock(m),
        spin_acquire(map),
        spin_release(map),
        wait_until(and(not(pending), not(running))),
        mutex_unlock(m),
      ]),
      thread("kworker", [
        step("process_one_work", {
          when: pending,
          then: [assign(pending, false), assign(running, true)],
        }),
        spin_acquire(map),
        mutex_lock(m),
        mutex_unlock(m),
        spin_release(map),
        set(running, false),
      ]),
    );
    expect(lockdepOn(s).report?.kind).toBe("circular");
    expect(explore(s).verdict).toBe("deadlock");
  });
});
