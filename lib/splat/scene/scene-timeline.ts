/** The deadlock of a report's scene, as text for a changelog. */
import { changelogTimeline, explore } from "../../explore/index.js";
import { translate } from "../../machine/index.js";
import { sleepingType } from "../evidence/lock/wait-types.js";
import { paragraph } from "../../primitives/paragraph.js";
import type { SplatReport } from "../report/index.js";
import { scenarioOfScene } from "./scenario.js";
import type { Scene } from "./scene.js";
import { sceneOf } from "./scene-of.js";

/** Bounds of the search. */
const bounds = { maxStates: 200_000, maxSeconds: 60 } as const;

const inLines = (text: string): readonly string[] => paragraph(text, 72);

/**
 * Returns a schedule in which the paths of a report deadlock, in lines of at most 72 columns; or why there is
 * none: a report that tells no paths, or whose scene is safe.
 *
 * @param report a report as read
 * @example
 * const [report] = readSplats(kvmPiReport);
 * sceneTimeline(report).some((line) => line.includes("CPU1 #")) // true
 */
export function sceneTimeline(report: SplatReport): readonly string[] {
  const scene = sceneOf(report);
  return scene === null
    ? inLines(
        `A report of kind "${report.kind}" does not tell who takes which lock under which: no schedule can be made of it.`,
      )
    : timelineOfScene(scene, introOf(scene) + spinning(scene, report));
}

/** Without PROVE_RAW_LOCK_NESTING a spinlock_t has the wait type of a raw one, and before 5.7 none has any. */
const spinning = ({ locks }: Scene, report: SplatReport): string =>
  sleepingType(report) !== 4 && locks.some(({ kind }) => kind === "raw_spinlock")
    ? " A spinlock is written as a raw one; which it is, the report does not show."
    : "";

function introOf(scene: Scene): string {
  const [writer, another] = scene.writers;
  const added =
    writer === undefined
      ? ""
      : another === undefined
        ? " A writer is added, since readers alone wait for nobody: that one comes, the report does not show."
        : " Writers are added, since readers alone wait for nobody: that they come, the report does not show.";
  return pathsOf(scene) + added;
}

function pathsOf({ lockFor, nested }: Scene): string {
  if (lockFor === "address")
    return "Of the path of the report, which takes one lock twice, by its address.";
  if (nested === null) {
    return "Of the paths of the report, one lock a class and each on a CPU of its own; whether it is one lock, and whether the paths can meet, the report does not say.";
  }
  return nested.areTwo
    ? "Of two locks of the class, which the report tells apart by their addresses, and a path that takes them the other way round, which it does not show."
    : "Of two locks of the class, and a path that takes them the other way round: whether there are two, and such a path, the report does not say; if both are one lock, the first path waits for itself.";
}

/**
 * Returns the same of a scene.
 *
 * @param intro what the schedule is of, in a sentence
 */
export function timelineOfScene(scene: Scene, intro: string): readonly string[] {
  const scenario = scenarioOfScene(scene);
  const { violations, summary } = explore(scenario, bounds);
  const found = violations.deadlock ?? Object.values(violations)[0];
  if (found === undefined) {
    return inLines(`Its paths, one lock a class, come to nothing: ${summary}.`);
  }
  return [...inLines(intro), "", ...changelogTimeline(translate(scenario), found.schedule)];
}
