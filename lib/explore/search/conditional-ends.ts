/**
 * Where a process may wait forever while a condition holds: a task in the queue of a CPU, for instance,
 * whose turn need not come, is not stuck.
 *
 * Such a condition holds until the process moves, so a run through invisible steps hides no state in which it
 * did: a process that moves then was not stuck. One that may go round forever takes no invisible step from there.
 */
import type { Value } from "../../machine/index.js";
import type { Compiled } from "../codegen/compile.js";
import { type Holds, holdsOf } from "../codegen/expressions/conditions.js";

/** A process, and whether it may wait forever in a state. */
export interface ConditionalEnd {
  readonly process: number;
  readonly holds: Holds;
}

/** Returns the tests of a model, one for each process that needs one. */
export function conditionalEndsOf({
  model,
  packing,
}: Pick<Compiled, "model" | "packing">): ConditionalEnd[] {
  return model.processes.flatMap(({ rests, slot, kind }, process): ConditionalEnd[] => {
    const [first, ...others] = [...rests].map(([at, holds]): Value => {
      const here: Value = { op: "slot", slot };
      const isThere: Value = {
        op: "binary",
        by: "==",
        left: here,
        right: { op: "const", value: at },
      };
      return { op: "binary", by: "and", left: isThere, right: holds };
    });
    if (first === undefined || kind === "device") return [];
    const any = others.reduce<Value>(
      (left, right) => ({ op: "binary", by: "or", left, right }),
      first,
    );
    return [{ process, holds: holdsOf(any, packing) }];
  });
}
