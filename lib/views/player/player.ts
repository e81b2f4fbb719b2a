/**
 * The step player: the source, the machine and lockdep's graph as they were after each step of a schedule.
 */
import type { Figure } from "../draw/figure.js";
import type { Frame } from "../draw/packed-frames.js";
import { framed, type Drawing } from "../draw/card.js";
import { LockNames } from "../trace/lock-legend.js";
import { lockdepAlong, type LockdepView } from "../trace/lockdep-along.js";
import { cpuPanel, cpuText, cpuWidth } from "./cpu.js";
import { graphAt } from "./graph.js";
import { playerHtml } from "./html.js";
import { sourceAt } from "./source.js";
import { movingValues, valuesDrawing, valuesNamed } from "./values.js";
import { group, type SvgNode } from "../draw/svg.js";
import { labelLines, wrap, type TextStyle } from "../draw/text.js";
import { counted } from "../../primitives/counted.js";
import { ending } from "../timeline/ending.js";
import type { Trace, TraceState } from "../trace/trace.js";

const small: TextStyle = { size: 12 };

/** What a step player shows of the machine. */
export interface StepPlayerOptions {
  /** Beginnings of the paths of variables, such as `pi_desc.on`. */
  readonly variables?: readonly string[];
  /** After which step the picture is that stands where nothing can be stepped, as on paper: 0 to the number of steps. */
  readonly picture?: number;
}

interface Scene {
  readonly trace: Trace;
  readonly names: LockNames;
  readonly views: readonly LockdepView[];
  readonly graph: (step: number) => Drawing;
  /** Null of a trace that comes from no text. */
  readonly source: ((step: number) => Drawing) | null;
  /** The variables to show. */
  readonly shown: ReadonlySet<string>;
  /** Rows of chips that each CPU needs at most, so that nothing jumps. */
  readonly rows: readonly number[];
}

function titleOf(trace: Trace, step: number): string {
  const taken = trace.steps[step - 1];
  if (taken === undefined) return "the start";
  const { at } = taken;
  const place = at === null ? "" : ` (${at.file}:${at.line})`;
  const mark = trace.certain === step ? "; from here on nobody can get out" : "";
  return `${taken.cpu === null ? "" : `CPU ${taken.cpu}, `}${taken.by}: ${taken.label}${place}${mark}`;
}

function stateAt(trace: Trace, step: number): TraceState {
  return trace.steps[step - 1]?.after ?? trace.start;
}

function lockdepSays(views: readonly LockdepView[], step: number): string {
  const view = views[step];
  if (view === undefined) return "";
  if (view.report !== null) {
    const fresh = views[step - 1]?.report == null;
    return `lockdep ${fresh ? "reports" : "has reported"}: ${view.report.kind}`;
  }
  const { classes, edges } = view.graph;
  const size = `${counted(classes.length, "class", "classes")}, ${counted(edges.length, "edge", "edges")}`;
  return `lockdep is content: ${size}`;
}

/** The machine after a step: its CPUs one below the other, the checks that failed, what changed. */
function machineAt(scene: Scene, step: number, failed: readonly string[]): Drawing {
  const { trace, names } = scene;
  const state = stateAt(trace, step);
  const nodes: SvgNode[] = [];
  let y = 0;
  for (const [cpu, view] of state.cpus.entries()) {
    const panel = cpuPanel(view, cpu, scene.rows[cpu] ?? 1, names);
    nodes.push(group(panel.nodes, { x: 0, y }));
    y += panel.height + 8;
  }
  const failedStyle: TextStyle = { ...small, bold: true, tone: "red" };
  const failedLines = failed.flatMap((text) => wrap(`✗ ${text}`, cpuWidth, failedStyle));
  nodes.push(...labelLines(failedLines, 0, y + 14, failedStyle, 16));
  y += failedLines.length * 16 + 4;
  const values = valuesDrawing(state, stateAt(trace, Math.max(0, step - 1)), scene.shown);
  nodes.push(group(values.nodes, { x: 0, y: y + 4 }));
  return { width: cpuWidth, height: y + values.height + 8, nodes };
}

/** Returns what lockdep knows after a step. */
function lockdepAt(scene: Scene, step: number): Drawing {
  const graph = scene.graph(step);
  const width = Math.max(graph.width, 330);
  const bad = scene.views[step]?.report != null;
  const says = wrap(lockdepSays(scene.views, step), width, { bold: true });
  return {
    width,
    height: 40 + 18 * says.length + graph.height,
    nodes: [
      ...labelLines(says, 0, 18, { bold: true, tone: bad ? "red" : "green" }, 18),
      group(graph.nodes, { x: Math.max(0, (330 - graph.width) / 2), y: 18 + 18 * says.length }),
    ],
  };
}

function frameAt(scene: Scene, step: number): Frame {
  const { trace, names } = scene;
  const state = stateAt(trace, step);
  const isLast = step === trace.steps.length && trace.certain !== null;
  const failed = [
    ...(trace.steps[step - 1]?.violations ?? []),
    ...(isLast ? [ending(trace, names)] : []),
  ];
  const machine = machineAt(scene, step, failed);
  const lockdep = lockdepAt(scene, step);
  const source = scene.source?.(step) ?? null;
  const drawing =
    source === null ? beside(machine, lockdep) : beside(source, below(machine, lockdep));
  const title = titleOf(trace, step);
  const text = [
    ...state.cpus.map((view, cpu) => cpuText(view, cpu, names)),
    ...failed,
    lockdepSays(scene.views, step),
  ].join("\n");
  const heading = `${step}/${trace.steps.length}  ${title}`;
  return { title, text, svg: framed(drawing, { heading, alt: title, notes: names.legend() }) };
}

const gap = 28;

const beside = (left: Drawing, right: Drawing): Drawing => ({
  width: left.width + gap + right.width,
  height: Math.max(left.height, right.height),
  nodes: [...left.nodes, group(right.nodes, { x: left.width + gap, y: 0 })],
});

const below = (top: Drawing, bottom: Drawing): Drawing => ({
  width: Math.max(top.width, bottom.width),
  height: top.height + bottom.height,
  nodes: [...top.nodes, group(bottom.nodes, { x: 0, y: top.height })],
});

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
  const scene: Scene = {
    trace,
    names,
    views,
    graph: await graphAt(views),
    source: sourceAt(trace, names),
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
  const frames = states.map((_, step) => frameAt(scene, step));
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
