/** The columns of the kernel's table of lock tests: how each kind of lock is taken. */
import type { LockdepMap } from "../../../lib/index.js";
import type { OneTask } from "../one-task.js";

export type Answer = "reports" | "silent";
export type Test = (t: OneTask) => void;
export type Cases = Readonly<Record<string, readonly [Answer, Test]>>;

/** How a column takes and drops its locks. */
export interface Column {
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
  // A mutex to lockdep: CONFIG_RT_MUTEXES annotates it with the same calls.
  rtmutex: column("mutex", 0),
} as const;

type Sequence = (
  c: Column,
  t: OneTask,
  l: Readonly<Record<"A" | "B" | "C" | "D", LockdepMap>>,
) => void;

/** One test per column: recursive readers are silent where `readers` says so. */
export function perColumn(
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

export const ALL = ["spin", "wlock", "rlock", "mutex", "wsem", "rsem", "rtmutex"] as const;
export const SPINNING = ["spin", "wlock", "rlock"] as const;

/** Runs the episodes in the order that the row's last digits say. */
export function inOrder(order: string, ...episodes: readonly (() => void)[]): void {
  for (const digit of order) episodes[Number(digit) - 1]?.();
}
