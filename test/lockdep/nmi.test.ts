import { describe, expect, it } from "vitest";
import { OneTask } from "./one-task.js";

/** Takes a lock in an NMI. */
function inNmi(t: OneTask, body: () => void): void {
  t.lockdep.nmi_enter(["nmi"]);
  body();
  t.lockdep.nmi_exit(["nmi"]);
}

describe("a lock taken in an NMI", () => {
  it("is silent where nobody else ever takes it, or where it is only tried for", () => {
    const t = new OneTask();
    const [a, b] = [t.lock("a"), t.lock("b")];
    t.nest(a);
    inNmi(t, () => {
      t.nest(b);
      t.trylock(a).drop(a);
    });
    expect(t.kinds).toEqual([]);
  });

  it("is reported where it is taken elsewhere too", () => {
    const t = new OneTask();
    const a = t.lock("a");
    t.nest(a);
    inNmi(t, () => t.nest(a));
    const { before, now } = t.only("inconsistent");
    expect([before.state, now]).toEqual(["INITIAL USE", "IN-NMI"]);
  });

  it("may be read where it is only ever read", () => {
    const t = new OneTask();
    const a = t.lock("a", "rwlock");
    t.take(a, 2).drop(a);
    inNmi(t, () => t.take(a, 2).drop(a));
    expect(t.kinds).toEqual([]);
  });

  it("kills the kernel where readers alone have used it and the NMI writes: there is no trace to print", () => {
    const t = new OneTask();
    const a = t.lock("a", "rwlock");
    t.take(a, 2).drop(a);
    inNmi(t, () => t.take(a));
    expect(t.kinds).toEqual(["inconsistent", "oops"]);
  });
});
