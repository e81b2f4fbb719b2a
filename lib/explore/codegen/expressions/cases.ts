/** Choices by the value of a slot, case by case. */
import type { Value } from "../../../machine/index.js";

/** One value or another. */
export type Choice = Extract<Value, { op: "if" }>;

/** A choice by the value of one slot: a table of constants is one. */
interface Cases {
  /** Null where it is another choice. */
  readonly slot: number | null;
  readonly cases: { readonly value: number; readonly test: Value; readonly then: Value }[];
  readonly rest: Value;
}

/** Returns the cases of a choice, those of the same slot one after another. */
export function casesOf(of: Choice): Cases {
  const { test, then, else: rest } = of;
  const [slot, value] = equality(test) ?? [null, 0];
  if (slot === null || rest.op !== "if" || equality(rest.test)?.[0] !== slot) {
    return { slot, cases: [{ value, test, then }], rest };
  }
  const { cases, rest: last } = casesOf(rest);
  return { slot, cases: [{ value, test, then }, ...cases], rest: last };
}

/** Returns the slot and the constant that an equality is of; null if it is of others, or none. */
export function equality(of: Value): readonly [number, number] | null {
  if (of.op !== "binary" || of.by !== "==") return null;
  const { left, right } = of;
  if (left.op === "slot" && right.op === "const") return [left.slot, right.value];
  if (right.op === "slot" && left.op === "const") return [right.slot, left.value];
  return null;
}
