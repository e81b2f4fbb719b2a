/** Names of fixes, mutants and changes. */
import type { ChangeName } from "./changes.js";
import type { FixName } from "./fixes.js";
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

/** Returns a name such as `kvm-pi final m2 irqs-on`, whichever name of a mutant was given. */
export function titleOf({ fix = "none", mutant = "m0", changes: wanted = [] }: KvmOptions): string {
  const { number } = named("mutant", mutant, mutants);
  return ["kvm-pi", fix, number, ...wanted].join(" ");
}
