/** The rounds of a model, tested on packed states. */
import type { Rounds } from "../analysis/rounds.js";
import { ValueWriter } from "./expression.js";
import { fromSource } from "./instantiate.js";
import { wordNames } from "./js.js";
import type { Packing } from "./packing.js";

/** Rounds, compiled. */
export interface Lockup {
  readonly going: readonly number[];
  readonly round: Uint8Array;
  /** Whether a process has its CPU with IRQs off in the state at `A[s]`. */
  readonly isOff: (A: Int32Array, s: number, process: number) => boolean;
}

/** Returns the rounds of a model over packed states. */
export function lockupOf(rounds: Rounds | null, packing: Packing): Lockup | null {
  if (rounds === null) return null;
  const { going, round } = rounds;
  const values = new ValueWriter(packing, "w");
  const load = wordNames("w", packing.words).map((w, at) => `const ${w}=A[s+${String(at)}];`);
  const cases = going.map(
    ({ number, off }) => `case ${String(number)}:return ${values.test(off)};`,
  );
  const isOff = fromSource(
    isTest,
    `return function(A,s,process){${load.join("")}switch(process){${cases.join("")}}return false;}`,
  );
  return { going: going.map(({ number }) => number), round, isOff };
}

const isTest = (of: unknown): of is Lockup["isOff"] => typeof of === "function";
