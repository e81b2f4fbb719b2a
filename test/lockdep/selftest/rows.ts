/** Every row that the model covers, by its name. */
import { ALL, type Cases, perColumn } from "./columns.js";
import { irqRows } from "./irq-rows.js";
import { mapRows } from "./map-rows.js";
import { readWritePairs, rwRow } from "./read-write-rows.js";
import { wwRows } from "./ww-rows.js";
import { rcu, under, waitRow } from "./wait-rows.js";

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
  ...wwRows,
  ...mapRows,
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

/** Returns the tests of a row, or undefined for a row that is not covered. */
export function casesOf(name: string): Cases | undefined {
  const pairs = rows[name] ?? readWritePairs(name);
  if (pairs !== undefined) return pairs;
  for (const [pattern, make] of irqRows) {
    const match = pattern.exec(name);
    if (match !== null) return make(match[1] === "hard" ? "hard" : "soft", match[2] ?? "");
  }
  return undefined;
}
