/**
 * The boot-time tests of the kernel's locking API: each row and column that the model covers,
 * written from what the row's name says, in the kernel's own terms (lib/locking-selftest.c).
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LockdepMap } from "../../lib/index.js";
import { OneTask } from "./one-task.js";

/** Rows that are not modelled, and why. */
const notModelled: readonly (readonly [why: string, rows: readonly RegExp[]])[] = [
  [
    "wound/wait mutexes",
    [
      /^ww api failures$/,
      /^ww contexts mixing$/,
      /^finishing ww context$/,
      /^locking mismatches$/,
      /^EDEADLK handling$/,
      /^context$/,
      /^try$/,
      /^block$/,
      /^spinlock$/,
    ],
  ],
  ["memory allocation", [/^correct nesting$/, /^wrong nesting$/, /^protected nesting$/]],
  ["local_lock", [/^local_lock inversion/, /^hardirq_unsafe_softirq_safe$/]],
];
/** Columns that are not modelled in rows that otherwise are. */
const notModelledColumns = ["rtmutex"];

type Answer = "reports" | "silent";
type Test = (t: OneTask) => void;
type Cases = Readonly<Record<string, readonly [Answer, Test]>>;

/** How a column takes and drops its locks. */
interface Column {
  readonly make: (t: OneTask, name: string) => LockdepMap;
  readonly take: (t: OneTask, map: LockdepMap) => OneTask;
  /** Recursive readers never wait for each other. */
  readonly recursive: boolean;
}

const column = (kind: "spin" | "rwlock" | "mutex" | "rwsem", read: 0 | 1 | 2): Column => ({
  make: (t, name) => t.lock(name, kind),
  take: (t, map) => t.take(map, read),
  recursive: read === 2,
});

const columns = {
  spin: column("spin", 0),
  wlock: column("rwlock", 0),
  rlock: column("rwlock", 2),
  mutex: column("mutex", 0),
  wsem: column("rwsem", 0),
  rsem: column("rwsem", 1),
} as const;

type Sequence = (
  c: Column,
  t: OneTask,
  l: Readonly<Record<"A" | "B" | "C" | "D", LockdepMap>>,
) => void;

/** One test per column: recursive readers are silent where `readers` says so. */
function perColumn(
  names: readonly (keyof typeof columns)[],
  readers: Answer,
  sequence: Sequence,
): Cases {
  return Object.fromEntries(
    names.map((name) => {
      const c = columns[name];
      const test: Test = (t) => {
        const make = (lock: string): LockdepMap => c.make(t, lock);
        sequence(c, t, { A: make("A"), B: make("B"), C: make("C"), D: make("D") });
      };
      return [name, [c.recursive ? readers : "reports", test]] as const;
    }),
  );
}

const ALL = ["spin", "wlock", "rlock", "mutex", "wsem", "rsem"] as const;
const SPINNING = ["spin", "wlock", "rlock"] as const;

/** `A-B-B-C-C-A deadlock`: two letters a step, the second taken under the first. */
function deadlock(pairs: string): Cases {
  const steps = pairs.match(/../g) ?? [];
  return perColumn(ALL, "silent", (c, t, locks) => {
    for (const step of steps) {
      const [outer, inner] = (step.match(/./g) ?? []).map((letter) => {
        const map = { A: locks.A, B: locks.B, C: locks.C, D: locks.D }[letter];
        if (map === undefined) throw new Error(`no lock ${letter}`);
        return map;
      });
      if (outer === undefined || inner === undefined) throw new Error(`no pair ${step}`);
      c.take(t, outer);
      c.take(t, inner);
      t.drop(inner, outer);
    }
  });
}

/** Runs the episodes in the order that the row's last digits say. */
function inOrder(order: string, ...episodes: readonly (() => void)[]): void {
  for (const digit of order) episodes[Number(digit) - 1]?.();
}

type Irq = "hard" | "soft";
const inIrq = (t: OneTask, irq: Irq, body: () => void): OneTask =>
  irq === "hard" ? t.inHardirq(body) : t.inSoftirq(body);
const irqOff = (t: OneTask, irq: Irq, body: () => void): OneTask =>
  irq === "hard" ? t.irqsOff(body) : t.bhOff(body);
const once = (c: Column, t: OneTask, map: LockdepMap): void => {
  c.take(t, map).drop(map);
};
const both = (c: Column, t: OneTask, outer: LockdepMap, inner: LockdepMap): void => {
  c.take(t, outer);
  c.take(t, inner).drop(inner, outer);
};

/** Rows of an interrupt, a name and an order of episodes. */
const irqRows: readonly (readonly [RegExp, (irq: Irq, order: string) => Cases])[] = [
  [
    /^(hard|soft)-irqs-on \+ irq-safe-A\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { A }) => {
        inOrder(
          order,
          () =>
            inIrq(t, irq, () => {
              once(c, t, A);
            }),
          () => {
            once(c, t, A);
          },
        );
      }),
  ],
  [
    /^(s)irq-safe-A => hirqs-on\/(\d+)$/,
    (_, order) =>
      perColumn(SPINNING, "silent", (c, t, { A }) => {
        inOrder(
          order,
          () =>
            t.inSoftirq(() => {
              once(c, t, A);
            }),
          () => {
            t.irqsOff(() => c.take(t, A));
            t.drop(A);
          },
        );
      }),
  ],
  [
    /^(hard|soft)-safe-A \+ irqs-on\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { A }) => {
        inOrder(
          order,
          () =>
            inIrq(t, irq, () => {
              once(c, t, A);
            }),
          () => {
            irqOff(t, irq, () => c.take(t, A));
            t.drop(A);
          },
        );
      }),
  ],
  [
    /^(hard|soft)-safe-A \+ unsafe-B #1\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { A, B }) => {
        inOrder(
          order,
          () => {
            both(c, t, A, B);
          },
          () => {
            once(c, t, B);
          },
          () =>
            inIrq(t, irq, () => {
              once(c, t, A);
            }),
        );
      }),
  ],
  [
    /^(hard|soft)-safe-A \+ unsafe-B #2\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { A, B }) => {
        inOrder(
          order,
          () =>
            irqOff(t, irq, () => {
              both(c, t, A, B);
            }),
          () => {
            once(c, t, B);
          },
          () =>
            inIrq(t, irq, () => {
              once(c, t, A);
            }),
        );
      }),
  ],
  [
    /^(hard|soft)-irq lock-inversion\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { B }) => {
        const A = t.lock("rwlock A", "rwlock");
        inOrder(
          order,
          () =>
            irqOff(t, irq, () => {
              t.take(A);
              once(c, t, B);
              t.drop(A);
            }),
          () => {
            once(c, t, B);
          },
          () => inIrq(t, irq, () => t.take(A, 2).drop(A)),
        );
      }),
  ],
  [
    /^(hard|soft)-irq read-recursion\/(\d+)$/,
    (irq, order) =>
      perColumn(["wlock", "rlock"], "silent", (c, t, { A }) => {
        const B = t.lock("spin B", "spin");
        inOrder(
          order,
          () => irqOff(t, irq, () => t.take(A).drop(A)),
          () => t.take(A, 2).drop(A),
          () =>
            inIrq(t, irq, () => {
              c.take(t, A);
              t.nest(B).drop(A);
            }),
        );
      }),
  ],
  [
    /^(hard|soft)-irq read-recursion #2\/(\d+)$/,
    (irq, order) =>
      perColumn(["wlock", "rlock"], "silent", (c, t, { A }) => {
        const B = t.lock("spin B", "spin");
        inOrder(
          order,
          () =>
            irqOff(t, irq, () => {
              t.take(B);
              once(c, t, A);
              t.drop(B);
            }),
          () => t.take(A, 2).drop(A),
          () =>
            inIrq(t, irq, () => {
              c.take(t, A);
              t.nest(B).drop(A);
            }),
        );
      }),
  ],
  [
    /^(hard|soft)-irq read-recursion #3\/(\d+)$/,
    (irq, order) =>
      perColumn(["wlock", "rlock"], "silent", (c, t, { A, B }) => {
        inOrder(
          order,
          () =>
            irqOff(t, irq, () => {
              t.take(B);
              once(c, t, A);
              t.drop(B);
            }),
          () => t.take(A, 2).drop(A),
          () => inIrq(t, irq, () => t.take(B, 2).drop(B)),
        );
      }),
  ],
];

/** `W1R2/W2R3/W3R1/213`: who writes and reads which lock under which, and in which order. */
function readWritePairs(name: string): Cases | undefined {
  const match = /^rlock (\S\d\S\d)\/(\S\d\S\d)\/(\S\d\S\d)\/(\d+)$/.exec(name);
  if (match === null) return undefined;
  const steps = match.slice(1, 4);
  // A circle is one unless somewhere a recursive reader waits for a lock that is held by readers.
  const weak = steps.some((step) => {
    const next = steps.find((other) => other[1] === step[3]);
    return step[2] === "R" && next?.[0] === "R";
  });
  const mode = (letter: string | undefined): 0 | 2 => (letter === "R" ? 2 : 0);
  const test: Test = (t) => {
    const locks = new Map(["1", "2", "3"].map((n) => [n, t.lock(n, "rwlock")]));
    const episodes = steps.map((step) => () => {
      const outer = locks.get(step[1] ?? "");
      const inner = locks.get(step[3] ?? "");
      if (outer === undefined || inner === undefined) throw new Error(step);
      t.take(outer, mode(step[0])).take(inner, mode(step[2])).drop(inner, outer);
    });
    inOrder(match[4] ?? "", ...episodes);
  };
  return { rwlock: [weak ? "silent" : "reports", test] };
}

/** Rows for an rwlock with recursive readers and for an rwsem, whose readers are not. */
function rwRow(
  ofRwlock: Answer,
  test: (t: OneTask, x: LockdepMap, y: LockdepMap, read: 1 | 2) => void,
): Cases {
  return {
    rwlock: [
      ofRwlock,
      (t) => {
        test(t, t.lock("X", "rwlock"), t.lock("Y", "spin"), 2);
      },
    ],
    rwsem: [
      "reports",
      (t) => {
        test(t, t.lock("X", "rwsem"), t.lock("Y", "mutex"), 1);
      },
    ],
  };
}

type Context = (t: OneTask, body: () => void) => void;
const under =
  (make: (t: OneTask) => LockdepMap, read: 0 | 2 = 0): Context =>
  (t, body) => {
    const map = make(t);
    t.take(map, read);
    body();
    t.drop(map);
  };
/** RCU's maps may be taken anywhere (outer FREE) and narrow what may be taken inside. */
const rcu =
  (name: string, waitInner: 2 | 3) =>
  (t: OneTask): LockdepMap =>
    t.lock(name, "raw", { waitInner, waitOuter: 1 });

/** Whether each kind of lock may be taken in a context: rcu, raw, spin and mutex. */
function waitRow(context: Context, spin: Answer, mutex: Answer): Cases {
  const inside = (make: (t: OneTask) => LockdepMap, read: 0 | 2 = 0): Test => {
    return (t) => {
      const map = make(t);
      context(t, () => t.take(map, read).drop(map));
    };
  };
  return {
    rcu: ["silent", inside(rcu("inner rcu_read_lock", 3), 2)],
    raw: ["silent", inside((t) => t.lock("inner raw", "raw"))],
    spin: [spin, inside((t) => t.lock("inner spin", "spin"))],
    mutex: [mutex, inside((t) => t.lock("inner mutex", "mutex"))],
  };
}

const rows: Readonly<Record<string, Cases>> = {
  "A-A deadlock": perColumn(ALL, "silent", (c, t, { A }) => {
    c.take(t, A);
    c.take(t, A);
  }),
  "A-B-B-A deadlock": deadlock("ABBA"),
  "A-B-B-C-C-A deadlock": deadlock("ABBCCA"),
  "A-B-C-A-B-C deadlock": deadlock("ABCABC"),
  "A-B-B-C-C-D-D-A deadlock": deadlock("ABBCCDDA"),
  "A-B-C-D-B-D-D-A deadlock": deadlock("ABCDBDDA"),
  "A-B-C-D-B-C-D-A deadlock": deadlock("ABCDBCDA"),
  "double unlock": perColumn(ALL, "reports", (c, t, { A }) => c.take(t, A).drop(A, A)),
  "initialize held": perColumn(ALL, "reports", (c, t, { A }) => {
    c.take(t, A);
    t.lockdep.debug_check_no_locks_freed(A, ["mutex_init"]);
  }),
  "recursive read-lock": rwRow("silent", (t, x, _, read) => t.take(x, read).take(x, read)),
  "recursive read-lock #2": rwRow("silent", (t, x, _, read) => {
    const other = t.lock("X2", "rwlock", { name: x.name, key: "X" });
    t.take(x, read).take(other, read);
  }),
  "mixed read-write-lock": rwRow("reports", (t, x, _, read) => t.take(x, read).take(x)),
  "mixed write-read-lock": rwRow("reports", (t, x, _, read) => t.take(x).take(x, read)),
  "mixed read-lock/lock-write ABBA": rwRow("reports", (t, x, y, read) =>
    t.take(x, read).nest(y).drop(x).nest(y, x),
  ),
  "mixed read-lock/lock-read ABBA": rwRow("silent", (t, x, y, read) =>
    t.take(x, read).nest(y).drop(x).take(y).take(x, read).drop(x, y),
  ),
  "mixed write-lock/lock-write ABBA": rwRow("reports", (t, x, y) => t.nest(x, y).nest(y, x)),
  "chain cached mixed R-L/L-W ABBA": {
    rwlock: [
      "reports",
      (t) => {
        const [x, y] = [t.lock("X", "rwlock"), t.lock("Y", "spin")];
        t.take(x, 2).nest(y).drop(x);
        t.take(y).take(x, 2).drop(x, y);
        t.nest(y, x);
      },
    ],
  },
  "spinlock nest unlocked": {
    spin: ["reports", (t) => t.takeUnder(t.lock("nest", "mutex"), t.lock("A", "spin"))],
  },
  "spinlock nest test": {
    spin: [
      "silent",
      (t) => {
        const nest = t.lock("nest", "mutex");
        const [a, b] = ["A", "B"].map((name) => t.lock(name, "spin", { name: "X", key: "X" }));
        if (a === undefined || b === undefined) return;
        t.take(nest).takeUnder(nest, a).takeUnder(nest, b).drop(b, a, nest);
      },
    ],
  },
  "hardirq read-lock/lock-read": {
    rwlock: [
      "reports",
      (t) => {
        const [a, b] = [t.lock("A", "rwlock"), t.lock("B", "spin")];
        t.inHardirq(() => t.take(a, 2).nest(b).drop(a));
        t.irqsOff(() => t.take(b).take(a, 1).drop(a, b));
      },
    ],
  },
  "hardirq lock-read/read-lock": {
    rwlock: [
      "silent",
      (t) => {
        const [a, b] = [t.lock("A", "rwlock"), t.lock("B", "spin")];
        t.inHardirq(() => t.take(b).take(a, 2).drop(a, b));
        t.irqsOff(() => t.take(a, 1).nest(b).drop(a));
      },
    ],
  },
  "hardirq inversion": {
    rwlock: [
      "reports",
      (t) => {
        const [a, b] = [t.lock("A", "rwlock"), t.lock("B", "spin")];
        t.inHardirq(() => t.nest(b));
        t.irqsOff(() => t.take(b).take(a, 1).drop(a, b));
        t.take(a, 1).drop(a);
      },
    ],
  },
  "in hardirq context": waitRow((t, body) => t.inHardirq(body), "silent", "reports"),
  "in hardirq context (not threaded)": waitRow(
    (t, body) => t.inHardirq(body, false),
    "reports",
    "reports",
  ),
  "in softirq context": waitRow((t, body) => t.inSoftirq(body), "silent", "reports"),
  "in RCU context": waitRow(under(rcu("rcu", 3), 2), "silent", "reports"),
  "in RCU-bh context": waitRow(under(rcu("rcu_bh", 3), 2), "silent", "reports"),
  "in RCU-sched context": waitRow(under(rcu("rcu_sched", 2), 2), "reports", "reports"),
  "in RAW_SPINLOCK context": waitRow(
    under((t) => t.lock("raw", "raw")),
    "reports",
    "reports",
  ),
  "in SPINLOCK context": waitRow(
    under((t) => t.lock("spin", "spin")),
    "silent",
    "reports",
  ),
  "in MUTEX context": waitRow(
    under((t) => t.lock("mutex", "mutex")),
    "silent",
    "silent",
  ),
};

function casesOf(name: string): Cases | undefined {
  const pairs = rows[name] ?? readWritePairs(name);
  if (pairs !== undefined) return pairs;
  for (const [pattern, make] of irqRows) {
    const match = pattern.exec(name);
    if (match !== null) return make(match[1] === "hard" ? "hard" : "soft", match[2] ?? "");
  }
  return undefined;
}

const listed = (name: string): boolean =>
  notModelled.some(([, patterns]) => patterns.some((pattern) => pattern.test(name)));

interface Row {
  readonly name: string;
  /** How many columns the kernel answered. */
  readonly answers: number;
}

const text = readFileSync(new URL("../oracle/locking-selftest.txt", import.meta.url), "utf8");
const table: readonly Row[] = text.split("\n").flatMap((line) => {
  const match = /^ *(\S.*):((?: *\|? *ok *\|?)+)$/.exec(line.trimEnd());
  const [name, answers] = [match?.[1], match?.[2]];
  if (name === undefined || answers === undefined) return [];
  return [{ name, answers: answers.split("ok").length - 1 }];
});
const covered = table.filter(({ name }) => casesOf(name) !== undefined);

describe("the kernel's locking API test suite", () => {
  it("is read whole, all 394 answers", () => {
    expect(table.reduce((sum, { answers }) => sum + answers, 0)).toBe(394);
  });

  it("is covered or listed as not modelled, row by row, and nothing is both", () => {
    const neither = table.filter(({ name }) => !listed(name) && casesOf(name) === undefined);
    const twice = table.filter(({ name }) => listed(name) && casesOf(name) !== undefined);
    expect([neither, twice]).toEqual([[], []]);
    const patterns = notModelled.flatMap(([, all]) => all);
    const idle = patterns.filter((pattern) => !table.some(({ name }) => pattern.test(name)));
    expect(idle).toEqual([]);
  });

  it("has a test for every column of a covered row that is modelled", () => {
    const wrong = covered.filter(({ name, answers }) => {
      const tests = Object.keys(casesOf(name) ?? {}).length;
      const left = tests === ALL.length ? notModelledColumns.length : 0;
      return tests + left !== answers;
    });
    expect(wrong).toEqual([]);
  });

  describe.each(covered)("$name", ({ name }) => {
    it.each(Object.entries(casesOf(name) ?? {}))("%s", (_, [answer, test]) => {
      const t = new OneTask();
      test(t);
      expect(t.kinds.length > 0 ? "reports" : "silent").toBe(answer);
    });
  });
});
