/** The rows about readers: who may wait for whom. */
import type { LockdepMap } from "../../../lib/index.js";
import type { OneTask } from "../one-task.js";
import { type Answer, type Cases, inOrder, type Test } from "./columns.js";

/** `W1R2/W2R3/W3R1/213`: who writes and reads which lock under which, and in which order. */
export function readWritePairs(name: string): Cases | undefined {
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
export function rwRow(
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
