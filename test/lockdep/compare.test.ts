/** `lockdep_set_lock_cmp_fn()`: locks of one class held at once, in an order of their own. */
import { describe, expect, it } from "vitest";
import {
  checkTotalOrder,
  type LockInstance,
  type LockdepMap,
  printReport,
} from "../../lib/index.js";
import { OneTask } from "./one-task.js";

const numberOf = ({ id }: LockInstance): number => Number(id.slice(1));
const byNumber = (a: LockInstance, b: LockInstance): number => numberOf(a) - numberOf(b);
/** Each of two locks comes before the other: nothing is ever refused. */
const anyOrder = (): number => -1;
/** Stone, scissors, paper. */
const inCircle = (a: LockInstance, b: LockInstance): number =>
  a.id === b.id ? 0 : (numberOf(b) - numberOf(a) + 3) % 3 === 1 ? -1 : 1;

const LOCKS = ["b0", "b1", "b2"];
function btreeLocks(t: OneTask): [LockdepMap, LockdepMap, LockdepMap] {
  const make = (id: string): LockdepMap => t.lock(id, "mutex", { name: "&b->lock", key: "btree" });
  return [make("b0"), make("b1"), make("b2")];
}

describe("a comparison of the locks of a class", () => {
  it("lets them nest in its order, and reports any other", () => {
    const t = new OneTask();
    const [b0, b1, b2] = btreeLocks(t);
    t.lockdep.lockdep_set_lock_cmp_fn(b0, byNumber, null);
    t.nest(b0, b1, b2).nest(b0, b2);
    expect(t.kinds).toEqual([]);
    const wrong = new OneTask();
    const [c0, c1] = btreeLocks(wrong);
    wrong.lockdep.lockdep_set_lock_cmp_fn(c0, byNumber, null);
    wrong.nest(c1, c0);
    expect(wrong.only("recursive").compared).toBe(1);
  });

  it("is asked about a new chain of classes alone: a wrong order after a right one goes unseen", () => {
    const t = new OneTask();
    const [b0, b1] = btreeLocks(t);
    t.lockdep.lockdep_set_lock_cmp_fn(b0, byNumber, null);
    t.nest(b0, b1).nest(b1, b0);
    expect(t.kinds).toEqual([]);
  });

  it("teaches no dependency of the class on itself, but those on others", () => {
    const t = new OneTask();
    const [b0, b1] = btreeLocks(t);
    const other = t.lock("other", "mutex");
    t.lockdep.lockdep_set_lock_cmp_fn(b0, byNumber, null);
    t.nest(b0, b1, other);
    expect(t.lockdep.graph().edges.map(({ from, to }) => [from, to])).toEqual([[0, 1]]);
    t.nest(other, b1);
    expect(t.kinds).toEqual(["circular"]);
  });

  it("is printed with what it returns, and locks as their class prints them", () => {
    const t = new OneTask();
    const [b0, b1] = btreeLocks(t);
    t.lockdep.lockdep_set_lock_cmp_fn(b0, byNumber, (lock) => ` inode ${numberOf(lock)}`);
    t.take(b1).take(b0);
    const text = printReport(t.only("recursive"));
    expect(text).toContain("and the lock comparison function returns 1:\n");
    expect(text).toContain("b0 (&b->lock inode 0){+.+.}-{4:4}, at: call_2");
    expect(text).toContain("  lock(&b->lock inode 1);\n  lock(&b->lock inode 0);\n");
  });

  it("is one for all: another one, or another print function, is warned of", () => {
    const t = new OneTask();
    const [b0, b1] = btreeLocks(t);
    t.lockdep.lockdep_set_lock_cmp_fn(b0, byNumber, () => "");
    t.lockdep.lockdep_set_lock_cmp_fn(b1, byNumber, null);
    t.lockdep.lockdep_set_lock_cmp_fn(b1, anyOrder, null);
    expect(t.kinds).toEqual(["warn", "warn"]);
    expect(t.lockdep.debug_locks).toBe(true);
  });

  it("that is no total order hides a deadlock", () => {
    const t = new OneTask();
    const [b0, b1] = btreeLocks(t);
    t.lockdep.lockdep_set_lock_cmp_fn(b0, anyOrder, null);
    // Two tasks, of which each can hold what the other waits for.
    t.nest(b0, b1).nest(b1, b0);
    expect(t.kinds).toEqual([]);
    const u = new OneTask();
    const [c0, c1, c2] = btreeLocks(u);
    u.lockdep.lockdep_set_lock_cmp_fn(c0, inCircle, null);
    // Three tasks that can wait in a circle.
    u.nest(c0, c1).nest(c1, c2).nest(c2, c0);
    expect(u.kinds).toEqual([]);
  });
});

describe("checkTotalOrder()", () => {
  const locks: readonly LockInstance[] = LOCKS.map((id) => ({ id, name: "&b->lock" }));
  const check = (compare: typeof byNumber): unknown => {
    const bad = checkTotalOrder(compare, locks);
    return bad && [bad.kind, bad.locks.map(({ id }) => id)];
  };

  it("finds nothing in a total order", () => {
    expect(check(byNumber)).toBeNull();
    expect(check((a, b) => -byNumber(a, b))).toBeNull();
    expect(checkTotalOrder(anyOrder, [])).toBeNull();
  });

  it("names the locks between which a comparison is none", () => {
    expect(check(anyOrder)).toEqual(["not-antisymmetric", ["b0", "b1"]]);
    expect(check(inCircle)).toEqual(["not-transitive", ["b0", "b1", "b2"]]);
    expect(check(() => 0)).toEqual(["not-total", ["b0", "b1"]]);
  });

  it("says what follows", () => {
    expect(checkTotalOrder(anyOrder, locks)?.why).toContain("a deadlock between them goes unseen");
    expect(checkTotalOrder(inCircle, locks)?.why).toContain("three tasks");
  });
});
