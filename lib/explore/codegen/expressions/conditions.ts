/** JavaScript for conditions that always hold, on packed states. */
import type { Condition } from "../../../machine/index.js";
import { code } from "../text/code.js";
import { ValueWriter } from "./expression.js";
import { fromSource } from "../text/instantiate.js";
import type { Packing } from "../layout/packing.js";
import { loadWords } from "../layout/successor-record.js";

/** Returns the number of the first condition that fails in the state at `states[at]`, or -1. */
export type FirstBroken = (states: Int32Array, at: number) => number;

const isFirstBroken = (of: unknown): of is FirstBroken => typeof of === "function";

/** Returns a test of several conditions. */
export function firstBrokenOf(conditions: readonly Condition[], packing: Packing): FirstBroken {
  if (conditions.length === 0) return () => -1;
  const values = new ValueWriter(packing, "w");
  const tests = conditions.map(
    ({ holds }, at) => `if (!${values.test(holds)}) return ${String(at)};`,
  );
  return fromSource(isFirstBroken, overState(packing, [...tests, "return -1;"]));
}

const overState = ({ words }: Packing, body: readonly string[]): string =>
  code`return function (states, at) {
    ${loadWords("w", words, "states", "at")}
    ${body}
  }`;
