/**
 * Where a process may wait forever while a condition holds: a task in the queue of a CPU, for instance,
 * whose turn need not come, is not stuck.
 *
 * Such a condition holds until the process moves, so a run through invisible steps hides no state in which it
 * did: a process that moves then was not stuck. One that may go round forever takes no invisible step from there.
 */
import type { Instance, Value } from "../../../machine/index.js";

/** Returns when a process may wait forever; null if never, and for a device. */
export function conditionalEndOf({ rests, slot, kind }: Instance): Value | null {
  if (kind === "device") return null;
  const all = [...rests].map(([at, holds]): Value => {
    const here: Value = { op: "slot", slot };
    const isThere: Value = {
      op: "binary",
      by: "==",
      left: here,
      right: { op: "const", value: at },
    };
    return { op: "binary", by: "and", left: isThere, right: holds };
  });
  const [first, ...others] = all;
  if (first === undefined) return null;
  return others.reduce<Value>((left, right) => ({ op: "binary", by: "or", left, right }), first);
}
