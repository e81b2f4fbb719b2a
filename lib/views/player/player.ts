/**
 * The step player: the source, the machine and lockdep's graph as they were after each step of a schedule.
 */
import { counted } from "../../primitives/counted.js";
import { framed, headingLines, pageWidth, type Drawing } from "../draw/card.js";
import type { Figure } from "../draw/figure.js";
import type { Frame } from "../draw/packed-frames.js";
import { ending } from "../timeline/ending.js";
import { LockNames } from "../trace/lock-legend.js";
import { lockdepAlong, type LockdepView } from "../trace/lockdep-along.js";
import type { Trace } from "../trace/trace.js";
import { cpuText } from "./cpu.js";
import { graphAt } from "./graph.js";
import { playerHtml } from "./html.js";
import { narrow, wide } from "./layout.js";
import { lockdepSays } from "./lockdep.js";
import { stateAt, type Scene } from "./scene.js";
import { sourceAt, sourceRooms } from "./source.js";
import { movingValues, valuesNamed } from "./values.js";

/** What a step player shows of the machine. */
export interface StepPlayerOptions {
  /** Beginnings of the paths of variables, such as `pi_desc.on`. */
  readonly variables?: readonly string[];
  /** After which step the picture is that stands where nothing can be stepped, as on paper: 0 to the number of steps. */
  readonly picture?: number;
}

function titleOf(trace: Trace, step: number): string {
  const taken = trace.steps[step - 1];
  if (taken === undefined) return "the start";
  const { at } = taken;
  const place = at === null ? "" : ` (${at.file}:${at.line})`;
  const mark = trace.certain === step ? "; from here on nobody can get out" : "";
  return `${taken.cpu === null ? "" : `CPU ${taken.cpu}, `}${taken.by}: ${taken.label}${place}${mark}`;
}

const headingOf = (trace: Trace, step: number): string =>
  `${step}/${trace.steps.length}  ${titleOf(trace, step)}`;

/** The pictures of all steps in one arrangement. */
function pictures(scene: Scene, drawings: readonly Drawing[]): readonly string[] {
  const { trace, names } = scene;
  const notes = names.legend();
  const width = Math.max(...drawings.map((drawing) => drawing.width));
  const lines = Math.max(...drawings.map((_, step) => headingLines(headingOf(trace, step), width)));
  return drawings.map((drawing, step) =>
    framed(
      { ...drawing, width },
      {
        heading: headingOf(trace, step),
        alt: titleOf(trace, step),
        notes,
        headingLines: lines,
      },
    ),
  );
}

function framesOf(scene: Scene): readonly Frame[] {
  const { trace, names, views } = scene;
  const steps = Array.from({ length: trace.steps.length + 1 }, (_, step) => step);
  const failed = steps.map((step) => [
    ...(trace.steps[step - 1]?.violations ?? []),
    ...(step === trace.steps.length && trace.certain !== null ? [ending(trace, names)] : []),
  ]);
  const arranged = (arrange: typeof wide): readonly Drawing[] =>
    steps.map((step) => arrange(scene, step, failed[step] ?? []));
  const usual = arranged(wide);
  const svgs = pictures(scene, usual);
  const isWide = usual.some(({ width }) => width > pageWidth);
  const narrows = isWide ? pictures(scene, arranged(narrow)) : [];
  return steps.map((step): Frame => {
    const { cpus } = stateAt(trace, step);
    const said = cpus.map((view, cpu) => cpuText(view, cpu, names));
    const small = narrows[step];
    return {
      title: titleOf(trace, step),
      text: [...said, ...(failed[step] ?? []), lockdepSays(views, step)].join("\n"),
      svg: svgs[step] ?? "",
      ...(small === undefined ? {} : { narrow: small }),
    };
  });
}

/**
 * Returns the step player of a schedule: a picture for each step, and one of them as the image. Of a schedule of kernel C
 * it has the source, with each CPU's line marked in its colour.
 *
 * @param trace a schedule replayed.
 * @param views lockdep's knowledge along it; by default that of a lockdep which saw only this trace.
 * @param options `variables`: which to show, by the beginnings of their paths; all that change, unless given. `picture`:
 * the step of the image; where lockdep reports, unless given, or the last.
 * @throws Error naming the variables, where none begins so
 */
export async function stepPlayer(
  trace: Trace,
  views: readonly LockdepView[] = lockdepAlong(trace),
  { variables, picture }: StepPlayerOptions = {},
): Promise<Figure> {
  const names = new LockNames(trace);
  const states = [trace.start, ...trace.steps.map((step) => step.after)];
  const beside = sourceAt(trace, names, sourceRooms.beside);
  const above = sourceAt(trace, names, sourceRooms.above);
  const scene: Scene = {
    trace,
    names,
    views,
    graph: await graphAt(views),
    source: beside === null || above === null ? null : { beside, above },
    shown: variables === undefined ? movingValues(trace) : valuesNamed(trace, variables),
    rows: trace.start.cpus.map((_, cpu) =>
      Math.max(
        1,
        ...states.map(
          (s) => (s.cpus[cpu]?.held.length ?? 0) + (s.cpus[cpu]?.waits == null ? 0 : 1),
        ),
      ),
    ),
  };
  const frames = framesOf(scene);
  const end = ending(trace, names);
  const last = frames.length - 1;
  const reports = views.findIndex(({ report }) => report !== null);
  const shown = Math.min(last, Math.max(0, picture ?? (reports < 0 ? last : reports)));
  const which = shown === last ? "the last" : `that after step ${shown}`;
  const alt = `Step player of ${trace.title}: ${counted(trace.steps.length, "step")}; the picture is ${which}. ${lockdepSays(views, last)}. At the end: ${end}.`;
  return {
    name: "step-player",
    alt,
    text: frames.map((frame, i) => `${i}  ${frame.title}\n${indented(frame.text)}`).join("\n"),
    svg: frames[shown]?.svg ?? "",
    frames,
    html: playerHtml(frames, `Steps of ${trace.title}`),
  };
}

const indented = (text: string): string =>
  text
    .split("\n")
    .map((line) => `     ${line}`)
    .join("\n");
