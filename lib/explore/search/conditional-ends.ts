/**
 * Where a process may wait for ever while a condition holds: a task in the queue of a CPU, for instance,
 * whose turn need not come, is not stuck.
 *
 * Such a condition holds until the process moves, so a run through unseen steps hides no state in which it
 * did: who moves then was not stuck. Who may go round for ever takes no unseen step from there.
 */
import type { Value } from "../../machine/index.js";
import type { Compiled } from "../codegen/compile.js";
import { ValueWriter } from "../codegen/expression.js";
import { fromSource } from "../codegen/instantiate.js";
import { wordNames } from "../codegen/js.js";

/** A process, and whether it may wait for ever in the state at an offset. */
export interface Rest {
  readonly process: number;
  readonly holds: (words: Int32Array, offset: number) => boolean;
}

const isTest = (of: unknown): of is Rest["holds"] => typeof of === "function";

/** Returns the tests of a model, one for each process that needs one. */
export function restsOf({ model, packing }: Pick<Compiled, "model" | "packing">): Rest[] {
  const values = new ValueWriter(packing, "w");
  const load = wordNames("w", packing.words).map((w, at) => `const ${w}=A[s+${String(at)}];`);
  return model.processes.flatMap(({ rests, slot, kind }, process): Rest[] => {
    if (rests.size === 0 || kind === "device") return [];
    const here: Value = { op: "slot", slot };
    const tests = [...rests].map(
      ([at, holds]) => `(${values.number(here)}===${String(at)}&&${values.test(holds)})`,
    );
    const source = `return function(A,s){${load.join("")}return ${tests.join("||")};}`;
    return [{ process, holds: fromSource(isTest, source) }];
  });
}
