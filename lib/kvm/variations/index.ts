/** Names of fixes, mutants and changes, and the code that a choice of them makes. */
import { baseCode } from "../code/base-code.js";
import { shown } from "../../primitives/shown.js";
import type { Code } from "../code/code.js";
import { type ChangeName, changes } from "./changes.js";
import { type FixName, fixes } from "./fixes.js";
import { type MutantName, type MutantNumber, mutants } from "./mutants.js";
import { named } from "../../primitives/named.js";

export { type ChangeName, type FurtherPathName, changes, furtherPaths } from "./changes.js";
export { type FixBehaviour, type Fix, type FixName, fixes } from "./fixes.js";
export { type Mutant, type MutantName, type MutantNumber, mutants } from "./mutants.js";
export { UnknownNameError, named, nearest } from "../../primitives/named.js";
export type { Variation } from "./variation.js";

/** Which code: a fix, a mutant and any number of changes. */
export interface KvmOptions {
  /** `none` by default. */
  readonly fix?: FixName;
  /** By name or number; `m0`, the code as it is, by default. */
  readonly mutant?: MutantName | MutantNumber;
  readonly changes?: readonly ChangeName[];
}

/**
 * Returns the code with a fix, a mutant and changes; the fix comes first, as the rest is done to it.
 *
 * @throws UnknownNameError naming the nearest names
 * @throws TypeError if the changes are no list
 */
export function codeOf(options: KvmOptions = {}): Code {
  const { fix = "none", mutant = "m0", changes: wanted = [] } = options;
  const given: unknown = wanted;
  if (!Array.isArray(given)) {
    throw new TypeError(`changes: a list of names is wanted, not ${shown(given)}`);
  }
  const all = [
    named("fix", fix, fixes),
    named("mutant", mutant, mutants),
    ...wanted.map((name) => named("change", name, changes)),
  ];
  return all.reduce((code, { apply }) => apply(code), baseCode);
}

/** Returns a name such as `kvm-pi final m2 irqs-on`, whichever name of a mutant was given. */
export function titleOf({ fix = "none", mutant = "m0", changes: wanted = [] }: KvmOptions): string {
  const { number } = named("mutant", mutant, mutants);
  return ["kvm-pi", fix, number, ...wanted].join(" ");
}
