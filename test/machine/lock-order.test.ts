import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import {
  type Statement,
  at,
  bool,
  down_read_interruptible,
  down_read_killable,
  down_write,
  down_write_killable,
  lockdep_set_lock_cmp_fn,
  mutex,
  mutex_lock,
  mutex_unlock,
  rwsem,
  scenario,
  set,
  signals,
  stay,
  thread,
  up_read,
  up_write,
  variable,
} from "../../lib/machine/index.js";
import { bothOn, lockdepOn } from "../../lib/verdict/index.js";
import { agree } from "../explore/agreement.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";

const of = (...bodies: readonly (readonly Statement[])[]) =>
  scenario("locks", {
    sizes: {},
    processes: bodies.map((body, at_) => thread(`T${String(at_)}`, body)),
  });

describe("lockdep_set_lock_cmp_fn()", () => {
  const plain = mutex("node", { per: [3] });
  const ascending = lockdep_set_lock_cmp_fn(plain, ([a = 0], [b = 0]) => a - b);
  const both = (lock: typeof plain, i: number, j: number) => [
    mutex_lock(at(lock, i)),
    mutex_lock(at(lock, j)),
    mutex_unlock(at(lock, j)),
    mutex_unlock(at(lock, i)),
  ];

  it("lets locks of a class be held at once, in their order", () => {
    expect(lockdepOn(of(both(plain, 0, 1))).report?.kind).toBe("recursive");
    expect(lockdepOn(of(both(ascending, 0, 1), both(ascending, 1, 2))).report).toBeNull();
    expect(lockdepOn(of(both(ascending, 1, 0))).report?.kind).toBe("recursive");
  });

  it("agrees with the explorer about two orders", () => {
    const crossed = of(both(ascending, 0, 1), both(ascending, 1, 0));
    expect(bothOn(crossed, { order: ["T1"] })).toMatchObject({ quadrant: "both find it" });
    // As the kernel's, it asks where a chain of classes is new: a wrong order after a right one goes unseen.
    expect(bothOn(crossed, { order: ["T0"] }).quadrant).toBe("false negative");
    expect(bothOn(of(both(ascending, 0, 1), both(ascending, 0, 1))).quadrant).toBe(
      "both find nothing",
    );
    expect(bothOn(crossed).warnings).toEqual([]);
  });

  it("hides a deadlock where it is no order", () => {
    const always = lockdep_set_lock_cmp_fn(plain, () => -1);
    const crossed = of(both(always, 0, 1), both(always, 1, 0));
    expect(bothOn(crossed)).toMatchObject({ quadrant: "false negative", report: null });
    expect(bothOn(crossed).warnings).toEqual([
      expect.stringMatching(
        /^the order of lockdep_set_lock_cmp_fn\(\) for node is not total: node@0, node@1 compare as -1/,
      ),
    ]);
    const circle = lockdep_set_lock_cmp_fn(plain, ([a = 0], [b = 0]) =>
      a === b ? 0 : (a + 1) % 3 === b ? -1 : 1,
    );
    expect(bothOn(of(both(circle, 0, 1))).warnings).toEqual([
      expect.stringContaining("wait in a circle that goes unseen"),
    ]);
  });

  it("is for locks", () => {
    expect(() => lockdep_set_lock_cmp_fn(variable("x", bool), () => 0)).toThrow(/x is not a lock/);
  });
});

describe("a semaphore that a signal may give up", () => {
  const sem = rwsem("sem");
  const went = variable("went", bool);
  it.each([
    ["down_read_interruptible", down_read_interruptible, up_read],
    ["down_read_killable", down_read_killable, up_read],
    ["down_write_killable", down_write_killable, up_write],
  ] as const)("is waited for until one comes: %s", (_, take, drop) => {
    const holds = [down_write(sem), stay()];
    const waits = take(sem, [drop(sem)], [set(went, true)]);
    const alone = of(holds, [waits]);
    expect(agree(alone)).toEqual(["deadlock"]);
    expect(explore(alone).violations.deadlock?.message).not.toMatch(/unless/);
    const signalled = { ...alone, processes: [...alone.processes, signals()] };
    expect(explore(signalled).violations.deadlock?.message).toMatch(/unless user goes on/);
    expect(agree(of([waits], [waits]))).toEqual([]);
    expect(lockdepOn(of([waits], [waits])).report).toBeNull();
  });

  it.skipIf(!hasSpin).each([
    ["down_read_killable", down_read_killable, up_read],
    ["down_write_killable", down_write_killable, up_write],
  ] as const)("has as many states in SPIN: %s", { timeout: 60_000 }, async (_, take, drop) => {
    const writes = [down_write(sem), up_write(sem)];
    const waits = take(sem, [drop(sem)], [set(went, true)]);
    const scene = of(writes, [waits]);
    await agreeWithSpin({ ...scene, processes: [...scene.processes, signals()] });
  });
});
