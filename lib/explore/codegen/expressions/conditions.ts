/** JavaScript for conditions on packed states: invariants, and where a process may wait forever. */
import type { Condition, Value } from "../../../machine/index.js";
import { code } from "../text/code.js";
import { ValueWriter } from "./expression.js";
import { fromSource } from "../text/instantiate.js";
import type { Packing } from "../layout/packing.js";
import { loadWords } from "../layout/successor-record.js";

/** Returns the number of the first condition that fails in the state at `states[at]`, or -1. */
export type FirstBroken = (states: Int32Array, at: number) => number;

/** Returns whether a condition holds in the state at `states[at]`. */
export type Holds = (states: Int32Array, at: number) => boolean;

const isFirstBroken = (of: unknown): of is FirstBroken => typeof of === "function";
const isHolds = (of: unknown): of is Holds => typeof of === "function";

/** Returns a test of several conditions. */
export function firstBrokenOf(conditions: readonly Condition[], packing: Packing): FirstBroken {
  if (conditions.length === 0) return () => -1;
  const values = new ValueWriter(packing, "w");
  const tests = conditions.map(
    ({ holds }, at) => `if (!${values.test(holds)}) return ${String(at)};`,
  );
  return fromSource(isFirstBroken, overState(packing, [...tests, "return -1;"]));
}

/** Returns a test whether some value is not 0. */
export function holdsOf(of: Value, packing: Packing): Holds {
  const values = new ValueWriter(packing, "w");
  return fromSource(isHolds, overState(packing, [`return ${values.test(of)};`]));
}

const overState = ({ words }: Packing, body: readonly string[]): string =>
  code`return function (states, at) {
    ${loadWords("w", words, "states", "at")}
    ${body}
  }`;
