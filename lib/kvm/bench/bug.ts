/** The bugs that a fix is tried with: what somebody could add to the fixed code later. */
import { named } from "../../primitives/named.js";
import {
  type ChangeName,
  type MutantName,
  type MutantNumber,
  changes,
  mutants,
} from "../variations/index.js";

/** A bug that someone could add to the fixed code: a mutant by its number, or a change by its name. */
export type BugName = MutantNumber | ChangeName;

/**
 * The bugs that are tried unless others are asked for: the mutants that deadlock with two CPUs and two vCPUs, and
 * the changes that break what some fixes take on trust: whose lock sched_out takes, and that no vCPU goes away.
 */
export const triedBugs: readonly BugName[] = [
  ...(["m2", "m3", "m4", "m5", "m8"] as const),
  ...(["remote-cpu", "stale-cpu", "vcpu-exit"] as const),
];

/** A bug as it stands in the tables. */
export interface Bug {
  readonly name: MutantName | ChangeName;
  /** What it changes, in a sentence. */
  readonly summary: string;
}

/**
 * Returns a bug by its name.
 *
 * @throws UnknownNameError naming the nearest names
 */
export const bugNamed = (bug: BugName): Bug =>
  mutants.find(({ number }) => number === bug) ?? named("bug", bug, [...changes, ...mutants]);

/**
 * Returns which bug is called so: a mutant by number or name, or a change.
 *
 * @throws UnknownNameError naming the nearest names
 */
export function bugCalled(name: string): BugName {
  const mutant = mutants.find((one) => one.number === name || one.name === name);
  return mutant?.number ?? named("bug", name, changes).name;
}
