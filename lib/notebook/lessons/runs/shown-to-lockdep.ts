/** What one lockdep knows after several runs: the exercises ask a fresh one each time. */
import { Lockdep } from "../../../lockdep/index.js";
import type { Scenario } from "../../../machine/index.js";
import { lockdepOn } from "../../../verdict/index.js";

/** Returns a fresh lockdep that has seen the runs one after the other. */
export function shownToLockdep(runs: readonly Scenario[]): Lockdep {
  const lockdep = new Lockdep();
  for (const run of runs) lockdepOn(run, { lockdep });
  return lockdep;
}

/** Returns the kind of report that the runs end in, or `silent`. */
export const saidOfRuns = (runs: readonly Scenario[]): string =>
  shownToLockdep(runs).report?.kind ?? "silent";
