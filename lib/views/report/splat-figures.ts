/** The figures of a report that was read: its lock graph, its scenario in time, its stacks. */
import { explore } from "../../explore/index.js";
import type { Event } from "../../primitives/event.js";
import type { SplatReport } from "../../splat/report/index.js";
import { runSplatProgram } from "../../splat/program/run.js";
import { toProgram } from "../../splat/program/to-program.js";
import { scenarioOfScene } from "../../splat/scene/scenario.js";
import { sceneOf } from "../../splat/scene/scene-of.js";
import { acquiring, plainName } from "../../splat/stacks/functions.js";
import { callChains } from "./call-chains.js";
import { counterexample } from "../timeline/counterexample.js";
import type { Figure } from "../draw/figure.js";
import { lockGraph } from "../graphs/lock-graph.js";

/** What can be drawn of a report; null for what it does not tell enough for. */
export interface SplatFigures {
  /** The classes and edges that it tells of, with the circle or path. */
  readonly graph: Figure | null;
  /** A shortest way into the deadlock, if every class had one lock. */
  readonly timeline: Figure | null;
  /** The paths with the functions that matter, and the locks that they hold. */
  readonly stacks: Figure | null;
}

/**
 * The events of a path without what no report says: how interrupts were switched, and in which
 * function the outer lock of an earlier path was taken.
 */
function told(events: readonly Event[], now: boolean): readonly Event[] {
  const known = events
    .filter(({ kind }) => kind !== "hardirqs")
    .map((one) => ({ ...one, stack: withoutTaking(one.stack) }));
  return now ? known : known.map((one) => (one.stack.length > 1 ? one : { ...one, stack: [] }));
}

/** Without what only takes the lock for a caller, as `_raw_spin_lock_nested()`; never nothing at all. */
function withoutTaking(stack: readonly string[]): readonly string[] {
  const own = stack.filter((name) => !acquiring.test(plainName(name)));
  return own.length > 0 ? own : stack;
}

/**
 * Returns the figures of a report.
 *
 * @param report a report as `readSplats()` gives it
 * @example
 * const [report] = readSplats(kvmPiReport);
 * (await drawSplat(report)).graph.name // "lock-graph"
 */
export async function drawSplat(report: SplatReport): Promise<SplatFigures> {
  const made = toProgram(report);
  const scene = sceneOf(report);
  const heading = report.headline;
  const run = made.ok ? runSplatProgram(made.program) : null;
  const paths = made.ok
    ? made.program.paths.filter(({ events }) => events.some(({ stack }) => stack.length > 0))
    : [];
  const result = scene === null ? null : explore(scenarioOfScene(scene));
  return {
    graph:
      run === null || run.graph.classes.length === 0
        ? null
        : await lockGraph(run.graph, {
            heading,
            ...(run.report === null ? {} : { report: run.report }),
          }),
    timeline: result?.verdict === "deadlock" ? counterexample(result) : null,
    stacks:
      paths.length === 0
        ? null
        : callChains(
            paths.map(({ title, when, events }) => ({
              name: title,
              context:
                when === "now" ? "new, and reported" : "learnt earlier, the first lock held before",
              events: told(events, when === "now"),
            })),
          ),
  };
}
