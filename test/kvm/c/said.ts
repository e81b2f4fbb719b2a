/** What the case said when it was written as statements: the fixture that the text in C is compared with. */
import { readFileSync } from "node:fs";
import {
  bugCalled,
  changes,
  mutants,
  type FixName,
  type KvmTextOptions,
} from "../../../lib/kvm/index.js";
import type { ReportKind } from "../../../lib/lockdep/index.js";

/** One cell: two CPUs, two vCPUs, every state seen. */
export interface Said {
  readonly fix: FixName;
  readonly bug: string;
  /** Lockdep's, in each of `kernelOrders`. */
  readonly orders: readonly (ReportKind | null)[];
  readonly verdict: string;
  readonly states: number;
  /** Of a shortest counterexample. */
  readonly steps: number | null;
  /** All that is violated with one vCPU, and not the first of it alone. */
  readonly oneVcpu: readonly string[];
}

/** Every fix x mutant and fix x change. */
export const allSaid: readonly Said[] = readFileSync(
  new URL("./statements-said.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line): Said => JSON.parse(line) as Said);

/** The case of a cell, in C. */
export const textOf = ({ fix, bug }: Said): KvmTextOptions => {
  const name = bugCalled(bug);
  const mutant = mutants.find(({ number }) => number === name);
  const change = changes.find((one) => one.name === name);
  if (mutant !== undefined) return { fix, mutant: mutant.number };
  return { fix, changes: change === undefined ? [] : [change.name] };
};
