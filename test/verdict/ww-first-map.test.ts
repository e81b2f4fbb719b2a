/** What `first_lock_dep_map` of 6.13 changed, 823a566221a5: before, and since. */
import { describe, expect, it } from "vitest";
import type { KernelName } from "../../lib/lockdep/index.js";
import {
  type Statement,
  debug_check_no_locks_freed,
  mutex,
  mutex_lock,
  mutex_unlock,
  scenario,
  spin_lock,
  spin_unlock,
  spinlock,
  thread,
  ww_acquire_fini,
  ww_acquire_init,
  ww_class,
  ww_mutex,
  ww_mutex_lock,
  ww_mutex_unlock,
} from "../../lib/machine/index.js";
import { bothOn, lockdepOn } from "../../lib/verdict/index.js";

const ww = ww_class("reservation");
const [a, b] = [ww_mutex("a", ww), ww_mutex("b", ww)];
const outer = mutex("outer");

const tasks = (...bodies: readonly (readonly Statement[])[]) =>
  scenario("ww", {
    sizes: {},
    processes: bodies.map((body, at) => thread(`T${String(at)}`, body)),
  });
const said = (kernel: KernelName, ...bodies: readonly (readonly Statement[])[]) =>
  lockdepOn(tasks(...bodies), { kernel }).report?.kind;

const freesFirst = [
  ww_acquire_init(ww),
  ww_mutex_lock(a, ww),
  ww_mutex_lock(b, ww),
  ww_mutex_unlock(a),
  debug_check_no_locks_freed(a.base),
  ww_mutex_unlock(b),
  ww_acquire_fini(ww),
];
const aloneInContext = [
  ww_acquire_init(ww),
  ww_mutex_lock(a, null),
  ww_mutex_unlock(a),
  ww_acquire_fini(ww),
];
const betweenInitAndLock = [
  ww_acquire_init(ww),
  mutex_lock(outer),
  mutex_unlock(outer),
  ww_mutex_lock(a, ww),
  ww_mutex_unlock(a),
  ww_acquire_fini(ww),
];
const aloneUnderOuter = [
  mutex_lock(outer),
  ww_mutex_lock(b, null),
  ww_mutex_unlock(b),
  mutex_unlock(outer),
];

describe("the first mutex of a context, dropped and freed before the others", () => {
  it("is reported as held before 6.13, and not since", () => {
    expect(said("6.12", freesFirst)).toBe("held-freed");
    expect(said("6.13", freesFirst)).toBeUndefined();
    expect(said("7.0", freesFirst)).toBeUndefined();
  });
});

describe("the price: since 6.13 a mutex of the class is held as long as the context", () => {
  it("so that one without a context is the class twice", () => {
    expect(said("6.12", aloneInContext)).toBeUndefined();
    expect(said("6.13", aloneInContext)).toBe("recursive");
  });

  it("so that locks taken before the first mutex are taken under one: a false positive", () => {
    const paths = tasks(betweenInitAndLock, aloneUnderOuter);
    expect(bothOn(paths, { kernel: "6.12" }).quadrant).toBe("both find nothing");
    expect(bothOn(paths, { kernel: "6.13" })).toMatchObject({
      quadrant: "false positive",
      report: { kind: "circular" },
    });
  });
});

describe.each(["6.12", "6.13", "7.0"] as const)("in %s", (kernel) => {
  it("mutexes of a context are taken in any order", () => {
    const both = (x: typeof a, y: typeof a) => [
      ww_acquire_init(ww),
      ww_mutex_lock(x, ww),
      ww_mutex_lock(y, ww, { then: [ww_mutex_unlock(y)] }),
      ww_mutex_unlock(x),
      ww_acquire_fini(ww),
    ];
    expect(said(kernel, both(a, b), both(b, a))).toBeUndefined();
  });

  it("a mutex of a context may not be waited for under a spinlock", () => {
    const l = spinlock("l");
    const under = [
      ww_acquire_init(ww),
      spin_lock(l),
      ww_mutex_lock(a, ww),
      ww_mutex_unlock(a),
      spin_unlock(l),
      ww_acquire_fini(ww),
    ];
    expect(said(kernel, under)).toBe("wait-context");
  });

  it("two mutexes of a class without a context are the class twice", () => {
    const both = [
      ww_mutex_lock(a, null),
      ww_mutex_lock(b, null),
      ww_mutex_unlock(b),
      ww_mutex_unlock(a),
    ];
    expect(said(kernel, both)).toBe("recursive");
  });
});
