/** The rows about wait contexts: which locks may be waited for where. */
import type { LockdepMap } from "../../../lib/index.js";
import type { OneTask } from "../one-task.js";
import type { Answer, Cases, Test } from "./columns.js";

type Context = (t: OneTask, body: () => void) => void;
export const under =
  (make: (t: OneTask) => LockdepMap, read: 0 | 2 = 0): Context =>
  (t, body) => {
    const map = make(t);
    t.take(map, read);
    body();
    t.drop(map);
  };
/** RCU's maps may be taken anywhere (outer FREE) and narrow what may be taken inside. */
export const rcu =
  (name: string, waitInner: 2 | 3) =>
  (t: OneTask): LockdepMap =>
    t.lock(name, "raw", { waitInner, waitOuter: 1 });

/** Whether each kind of lock may be taken in a context: rcu, raw, spin and mutex. */
export function waitRow(context: Context, spin: Answer, mutex: Answer): Cases {
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
