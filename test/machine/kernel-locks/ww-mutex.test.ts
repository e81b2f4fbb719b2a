import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  type Process,
  type Statement,
  type WwClass,
  type WwMutex,
  bool,
  goto_,
  label,
  mutex_lock,
  scenario,
  section,
  set,
  signals,
  spin_lock,
  spin_unlock,
  spinlock,
  step,
  thread,
  variable,
  ww_acquire_done,
  ww_acquire_fini,
  ww_acquire_init,
  ww_class,
  ww_mutex,
  ww_mutex_lock,
  ww_mutex_lock_interruptible,
  ww_mutex_lock_slow,
  ww_mutex_trylock,
  ww_mutex_unlock,
} from "../../../lib/machine/index.js";
import { bothOn, lockdepOn } from "../../../lib/verdict/index.js";
import { agree } from "../../explore/agreement.js";
import { agreeWithSpin, hasSpin } from "../../explore/spin.js";

const classes = [ww_class("wound_wait"), ww_class("wait_die", { is_wait_die: true })] as const;
const of = (...processes: readonly Process[]) => scenario("ww", { sizes: {}, processes });
const alone = (...body: readonly Statement[]) => of(thread("T", body));

/** Takes two mutexes of a class, and where it has to give up begins with the one that it could not get. */
function lockBoth(ww: WwClass, a: WwMutex, b: WwMutex, body: readonly Statement[] = []) {
  const second = (held: WwMutex, wanted: WwMutex, other: string): Statement =>
    ww_mutex_lock(wanted, ww, {
      then: [goto_("locked")],
      EDEADLK: [ww_mutex_unlock(held), ww_mutex_lock_slow(wanted, ww), goto_(other)],
    });
  return [
    ww_acquire_init(ww),
    ww_mutex_lock(a, ww),
    label("has a"),
    second(a, b, "has b"),
    label("has b"),
    second(b, a, "has a"),
    label("locked"),
    ww_acquire_done(ww),
    ...body,
    ww_mutex_unlock(a),
    ww_mutex_unlock(b),
    ww_acquire_fini(ww),
  ];
}

describe.each(classes)("mutexes of $name", (ww) => {
  const [a, b] = [ww_mutex("a", ww), ww_mutex("b", ww)];
  const inside = [section("both", [])];

  it("are taken in any order, and both judges find nothing", () => {
    const both = of(
      thread("A", lockBoth(ww, a, b, inside)),
      thread("B", lockBoth(ww, b, a, inside)),
    );
    expect(agree(both)).toEqual([]);
    expect(bothOn(both).quadrant).toBe("both find nothing");
  });

  it("keep who ignores -EDEADLK waiting forever, of which lockdep knows nothing", () => {
    const ignores = (x: WwMutex, y: WwMutex) => [
      ww_acquire_init(ww),
      ww_mutex_lock(x, ww),
      label("again"),
      ww_mutex_lock(y, ww, { EDEADLK: [goto_("again")] }),
      ww_mutex_unlock(y),
      ww_mutex_unlock(x),
      ww_acquire_fini(ww),
    ];
    const both = of(thread("A", ignores(a, b)), thread("B", ignores(b, a)));
    expect(["deadlock", "livelock"]).toContain(explore(both).verdict);
    expect(lockdepOn(both).report).toBeNull();
  });

  it("are plain mutexes without a context: lockdep sees one class twice", () => {
    const plain = (x: WwMutex, y: WwMutex) => [
      ww_mutex_lock(x, null),
      ww_mutex_lock(y, null),
      ww_mutex_unlock(y),
      ww_mutex_unlock(x),
    ];
    const both = of(thread("A", plain(a, b)), thread("B", plain(b, a)));
    expect(agree(both)).toEqual(["deadlock"]);
    expect(bothOn(both)).toMatchObject({ quadrant: "both find it", report: { kind: "recursive" } });
  });

  it.runIf(hasSpin)("have SPIN's states", { timeout: 120_000 }, async () => {
    await agreeWithSpin(of(thread("A", lockBoth(ww, a, b)), thread("B", lockBoth(ww, b, a))));
  });
});

describe.skipIf(!hasSpin)("three mutexes of a class", () => {
  it.each(classes)("of $name have SPIN's states", { timeout: 120_000 }, async (ww) => {
    const [a, b, c] = [ww_mutex("a", ww), ww_mutex("b", ww), ww_mutex("c", ww)] as const;
    await agreeWithSpin(of(thread("A", lockBoth(ww, a, b)), thread("B", lockBoth(ww, b, c))));
  });
});

describe("a mutex of a class", () => {
  const [ww] = classes;
  const [a, b] = [ww_mutex("a", ww), ww_mutex("b", ww)];
  const went = variable("went", bool);
  const misuse = (...body: readonly Statement[]) =>
    explore(alone(...body)).violations.misuse?.message;

  it("that the context has is -EALREADY", () => {
    const body = (end: readonly Statement[]) => [
      ww_acquire_init(ww),
      ww_mutex_lock(a, ww),
      ww_mutex_lock(a, ww, { EALREADY: [set(went, true)] }),
      ww_mutex_unlock(a),
      ww_acquire_fini(ww),
      ...end,
    ];
    const scene = alone(...body([step("went", { when: went })]));
    expect(agree(scene)).toEqual([]);
    expect(lockdepOn(scene).report).toBeNull();
  });

  it("may be tried, and is given up by a signal", () => {
    const tries = [
      ww_acquire_init(ww),
      ww_mutex_trylock(a, ww, [ww_mutex_unlock(a)]),
      ww_acquire_fini(ww),
    ];
    expect(agree(of(thread("A", tries), thread("B", tries)))).toEqual([]);
    const ends = [ww_mutex_unlock(a), ww_acquire_fini(ww)];
    const waits = [
      ww_acquire_init(ww),
      ww_mutex_lock_interruptible(a, ww, {
        then: ends,
        EINTR: [set(went, true), ww_acquire_fini(ww)],
      }),
    ];
    const held = of(thread("A", waits), thread("B", waits), signals());
    expect(agree(held)).toEqual([]);
  });

  it.each([
    [
      "without ww_acquire_init()",
      [ww_mutex_lock(a, ww), ww_mutex_unlock(a)],
      /the context is not initialised/,
    ],
    [
      "after ww_acquire_done()",
      [
        ww_acquire_init(ww),
        ww_acquire_done(ww),
        ww_mutex_lock(a, ww),
        ww_mutex_unlock(a),
        ww_acquire_fini(ww),
      ],
      /after ww_acquire_done/,
    ],
    [
      "left locked",
      [ww_acquire_init(ww), ww_mutex_lock(a, ww), ww_acquire_fini(ww), ww_mutex_unlock(a)],
      /locks of the context are held/,
    ],
    [
      "taken slowly with another held",
      [
        ww_acquire_init(ww),
        ww_mutex_lock(a, ww),
        ww_mutex_lock_slow(b, ww),
        ww_mutex_unlock(b),
        ww_mutex_unlock(a),
        ww_acquire_fini(ww),
      ],
      /ww_mutex_lock_slow\(&b\): locks are held/,
    ],
    ["unlocked by who has it not", [ww_mutex_unlock(a)], /does not hold it/],
    ["in a context twice", [ww_acquire_init(ww), ww_acquire_init(ww)], /the context is in use/],
    ["kept for good", [ww_acquire_init(ww), ww_mutex_lock(a, ww)], /ends with a held/],
  ] as const)("is misused %s", (_, body, message) => {
    expect(misuse(...body)).toMatch(message);
  });

  it("is not for atomic context, and not for other calls", () => {
    const l = spinlock("l");
    expect(
      misuse(spin_lock(l), ww_mutex_lock(a, null), ww_mutex_unlock(a), spin_unlock(l)),
    ).toMatch(/atomic/);
    expect(() => mutex_lock(a as never)).toThrow(/a is of ww_mutex\(\)/);
    expect(() => ww_mutex_lock(l as never, ww)).toThrow(/ww_mutex\("name", class\) makes/);
    expect(() => ww_acquire_init(a as never)).toThrow(/a context is of ww_class/);
  });
});
