/** The rounds of a model, tested on packed states. */
import type { Rounds } from "../../analysis/rounds.js";
import { code } from "../text/code.js";
import { ValueWriter } from "./expression.js";
import { fromSource } from "../text/instantiate.js";
import type { Packing } from "../layout/packing.js";
import { loadWords } from "../layout/successor-record.js";

/** Rounds, compiled. */
export interface Lockup {
  readonly going: readonly number[];
  readonly round: Uint8Array;
  /** Whether a process has its CPU with IRQs off in the state at `states[at]`. */
  readonly isOff: (states: Int32Array, at: number, process: number) => boolean;
}

const isTest = (of: unknown): of is Lockup["isOff"] => typeof of === "function";

/** Returns the rounds of a model over packed states. */
export function lockupOf(rounds: Rounds | null, packing: Packing): Lockup | null {
  if (rounds === null) return null;
  const { going, round } = rounds;
  const numbers = going.map(({ number }) => number);
  if (going.every(({ off }) => off === null)) return { going: numbers, round, isOff: () => false };
  const values = new ValueWriter(packing, "w");
  const cases = going.flatMap(({ number, off }) =>
    off === null ? [] : [`case ${String(number)}: return ${values.test(off)};`],
  );
  const isOff = fromSource(
    isTest,
    code`return function (states, at, process) {
      ${loadWords("w", packing.words, "states", "at")}
      switch (process) {
        ${cases}
      }
      return false;
    }`,
  );
  return { going: numbers, round, isOff };
}
