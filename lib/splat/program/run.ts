/** Runs a program through the lab's own lockdep. */
import { Lockdep } from "../../lockdep/index.js";
import type { LockGraph, Report } from "../../lockdep/index.js";
import type { SplatProgram } from "./program.js";

/** What the lab's lockdep made of a program. */
export interface ProgramRun {
  /** The first report, or null. */
  readonly report: Report | null;
  /** The path that led to it, counted from 0; null where nothing was reported. */
  readonly path: number | null;
  /** All that lockdep knew then. */
  readonly graph: LockGraph;
}

/**
 * Runs the paths of a program one after the other, each as a task on a CPU of its own.
 *
 * @returns the first report, the path that led to it, and the graph
 */
export function runSplatProgram(program: SplatProgram): ProgramRun {
  const lockdep = new Lockdep({ kernel: program.kernel });
  for (const [index, path] of program.paths.entries()) {
    if (path.when === "now") lockdep.name_task(index, program.comm, program.pid);
    for (const event of path.events) {
      const report = lockdep.feed(event);
      if (report !== null) return { report, path: index, graph: lockdep.graph() };
    }
  }
  return { report: null, path: null, graph: lockdep.graph() };
}
