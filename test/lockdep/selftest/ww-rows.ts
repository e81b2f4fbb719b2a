/** The rows about wound/wait mutexes, with the kernel's own order of columns. */
import { expect } from "vitest";
import type { Answer, Cases, Test } from "./columns.js";
import { type WwContext, type WwMutex, WwMutexes } from "./ww-mutex.js";

type WwTest = (w: WwMutexes) => void;
const test =
  (body: WwTest): Test =>
  (t) => {
    body(new WwMutexes(t));
  };

/** Cases by name, all of one answer. */
const all = (answer: Answer, cases: Readonly<Record<string, WwTest>>): Cases =>
  Object.fromEntries(
    Object.entries(cases).map(([name, body]) => [name, [answer, test(body)] as const]),
  );

/** A context that has taken `o`. */
function holdingO(w: WwMutexes): WwContext {
  const ctx = w.init();
  expect(w.lock(w.o, ctx)).toBe("taken");
  return ctx;
}

/** Locks that a context older than any other has: this task does not hold them. */
function takenByOlder(w: WwMutexes, ...mutexes: readonly WwMutex[]): WwContext {
  const ctx = w.init();
  const older = { ...ctx, stamp: ctx.stamp - 1, acquired: 1 };
  for (const ww of mutexes) {
    ww.locked = true;
    ww.ctx = older;
  }
  expect(w.lock(w.o, ctx)).toBe("taken");
  expect(w.lock(w.o2, ctx)).toBe("EDEADLK");
  return ctx;
}

/** The older context gives a lock back. */
function givenBack(w: WwMutexes, ww: WwMutex): void {
  ww.ctx = null;
  w.t.trylock(ww.map);
  w.unlockBase(ww);
}

/** After -EDEADLK: the same in a fresh try, or in `ww_mutex_lock_slow()`. */
const both = (
  name: string,
  answer: Answer,
  mutexes: (w: WwMutexes) => readonly WwMutex[],
  before: (w: WwMutexes) => void,
  then: (w: WwMutexes) => WwMutex,
): Cases =>
  Object.fromEntries(
    [false, true].map((slow) => [
      slow ? `${name}, slow` : name,
      [
        answer,
        test((w) => {
          const ctx = takenByOlder(w, ...mutexes(w));
          before(w);
          if (slow) w.lockSlow(then(w), ctx);
          else w.lock(then(w), ctx);
        }),
      ] as const,
    ]),
  );

const o2 = ({ o2: ww }: WwMutexes): readonly WwMutex[] => [ww];

/** What three tests make of `o`, and then of `o2`. */
const TAKE = {
  block: (w: WwMutexes, ww: WwMutex): unknown => w.lock(ww),
  try: (w: WwMutexes, ww: WwMutex): unknown => w.trylock(ww),
  context: (w: WwMutexes, ww: WwMutex): unknown => w.lock(ww, w.init()),
} as const;

const twice = (first: keyof typeof TAKE): Cases => ({
  block: [
    "reports",
    test((w) => {
      TAKE[first](w, w.o);
      w.lock(w.o2);
    }),
  ],
  try: [
    "silent",
    test((w) => {
      TAKE[first](w, w.o);
      expect(w.trylock(w.o2)).toBe("taken");
    }),
  ],
  context:
    first === "context"
      ? [
          "silent",
          test((w) => {
            expect(w.lock(w.o2, holdingO(w))).toBe("taken");
            w.unlock(w.o2);
            w.unlock(w.o);
          }),
        ]
      : [
          "reports",
          test((w) => {
            TAKE[first](w, w.o);
            w.lock(w.o2, w.init());
          }),
        ],
});

/** A spinlock under the mutex, and then the other way round. */
const underSpinlock = (how: keyof typeof TAKE): Test =>
  test((w) => {
    const a = w.t.lock("A", "spin");
    w.t.nest(a);
    const ctx = how === "context" ? w.init() : null;
    const take = (): void => {
      if (ctx === null) TAKE[how](w, w.o);
      else w.lock(w.o, ctx);
    };
    take();
    w.t.nest(a);
    w.unlock(w.o);
    w.t.take(a);
    take();
    w.unlock(w.o);
    w.t.drop(a);
  });

const failAcquire: WwTest = (w) => {
  const ctx = holdingO(w);
  expect(w.lock(w.o, ctx)).toBe("EALREADY");
  expect(w.trylock(w.o)).toBe("busy");
  expect(w.lock(w.o, { ...ctx, stamp: ctx.stamp + 1 })).toBe("EDEADLK");
  w.unlock(w.o);
  expect(w.trylock(w.o)).toBe("taken");
  w.unlock(w.o);
};

/** The mutex within is taken by the calls for mutexes: the context stays as it is. */
const normal: WwTest = (w) => {
  const ctx = w.init();
  w.o.ctx = ctx;
  w.lockBase(w.o);
  w.unlockBase(w.o);
  expect(w.trylock(w.o)).toBe("taken");
  w.unlockBase(w.o);
  w.lockBase(w.o);
  expect(w.trylock(w.o)).toBe("busy");
  w.unlockBase(w.o);
  w.lockBase(w.o, ctx.map);
  w.unlockBase(w.o);
  expect(w.o.ctx).toBe(ctx);
};

export const wwRows: Readonly<Record<string, Cases>> = {
  "ww api failures": {
    "fail acquire": ["silent", test(failAcquire)],
    normal: ["silent", test(normal)],
    "unneeded slow": [
      "reports",
      test((w) => {
        w.lockSlow(w.o, w.init());
      }),
    ],
  },
  "ww contexts mixing": all("reports", {
    "two contexts": (w) => {
      w.init();
      w.init();
    },
    "another class": (w) => {
      w.lock(w.o, { ...w.init(), sameClass: false });
    },
  }),
  "finishing ww context": all("reports", {
    "done twice": (w) => {
      const ctx = w.init();
      w.done(ctx);
      w.done(ctx);
    },
    "finished twice": (w) => {
      const ctx = w.init();
      w.done(ctx);
      w.fini(ctx);
      w.fini(ctx);
    },
    "finished early": (w) => {
      const ctx = holdingO(w);
      w.done(ctx);
      w.fini(ctx);
    },
    "lock after done": (w) => {
      const ctx = w.init();
      w.done(ctx);
      w.lock(w.o, ctx);
    },
  }),
  "locking mismatches": all("reports", {
    "unlocked twice": (w) => {
      w.lock(w.o);
      w.unlock(w.o);
      w.unlock(w.o);
    },
    unbalanced: (w) => {
      const ctx = holdingO(w);
      ctx.acquired = 0;
      w.unlock(w.o);
      w.fini(ctx);
    },
    "stale context": (w) => {
      const ctx = w.init();
      w.o.ctx = { ...ctx };
      w.lock(w.o, ctx);
    },
  }),
  "EDEADLK handling": {
    ...both(
      "all unlocked first",
      "silent",
      o2,
      (w) => {
        givenBack(w, w.o2);
        w.unlock(w.o);
      },
      (w) => w.o2,
    ),
    ...both(
      "one still locked",
      "reports",
      o2,
      (w) => {
        givenBack(w, w.o2);
      },
      (w) => w.o2,
    ),
    ...both(
      "another taken",
      "reports",
      o2,
      () => undefined,
      (w) => w.o3,
    ),
    ...both(
      "killed again",
      "reports",
      (w) => [w.o2, w.o3],
      () => undefined,
      (w) => w.o3,
    ),
    ...both(
      "unlocked, and another taken",
      "reports",
      o2,
      (w) => {
        w.unlock(w.o);
      },
      (w) => w.o3,
    ),
  },
  context: twice("context"),
  try: twice("try"),
  block: twice("block"),
  spinlock: {
    block: ["reports", underSpinlock("block")],
    try: ["silent", underSpinlock("try")],
    context: ["reports", underSpinlock("context")],
  },
};
