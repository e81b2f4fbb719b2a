/**
 * The step player: the machine and lockdep's graph as they were after each step of a schedule.
 */
import type { Figure } from "../draw/figure.js";
import type { Frame } from "../draw/packed-frames.js";
import { framed, type Drawing } from "../draw/card.js";
import { LockNames } from "../trace/lock-legend.js";
import { lockdepAlong, type LockdepView } from "../trace/lockdep-along.js";
import { cpuPanel, cpuText, cpuWidth } from "./cpu.js";
import { graphAt } from "./graph.js";
import { playerHtml } from "./html.js";
import { movingValues, valuesDrawing } from "./values.js";
import { group, type SvgNode } from "../draw/svg.js";
import { labelLines, wrap, type TextStyle } from "../draw/text.js";
import { counted } from "../../primitives/counted.js";
import { ending } from "../timeline/timeline.js";
import type { Trace, TraceState } from "../trace/trace.js";

const small: TextStyle = { size: 12 };

interface Scene {
  readonly trace: Trace;
  readonly names: LockNames;
  readonly views: readonly LockdepView[];
  readonly graph: (step: number) => Drawing;
  readonly moving: ReadonlySet<string>;
  /** Rows of chips that each CPU needs at most, so that nothing jumps. */
  readonly rows: readonly number[];
}

function titleOf(trace: Trace, step: number): string {
  const taken = trace.steps[step - 1];
  if (taken === undefined) return "the start";
  return `${taken.cpu === null ? "" : `CPU ${taken.cpu}, `}${taken.by}: ${taken.label}`;
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

function frameAt(scene: Scene, step: number): Frame {
  const { trace, names } = scene;
  const state = stateAt(trace, step);
  const nodes: SvgNode[] = [];
  let y = 0;
  for (const [cpu, view] of state.cpus.entries()) {
    const panel = cpuPanel(view, cpu, scene.rows[cpu] ?? 1, names);
    nodes.push(group(panel.nodes, { x: 0, y }));
    y += panel.height + 8;
  }
  const failed = trace.steps[step - 1]?.violations ?? [];
  const failedLines = failed.flatMap((text) => wrap(`✗ ${text}`, cpuWidth, small));
  nodes.push(...labelLines(failedLines, 0, y + 14, { ...small, bold: true, tone: "red" }, 16));
  y += failedLines.length * 16 + 4;
  const values = valuesDrawing(state, stateAt(trace, Math.max(0, step - 1)), scene.moving);
  nodes.push(group(values.nodes, { x: 0, y: y + 4 }));
  y += values.height + 8;
  const graph = scene.graph(step);
  const says = lockdepSays(scene.views, step);
  const bad = scene.views[step]?.report != null;
  const x = cpuWidth + 28;
  const says2 = wrap(says, Math.max(graph.width, 330), { bold: true });
  nodes.push(
    ...labelLines(says2, x, 18, { bold: true, tone: bad ? "red" : "green" }, 18),
    group(graph.nodes, { x: x + Math.max(0, (330 - graph.width) / 2), y: 18 + 18 * says2.length }),
  );
  const drawing: Drawing = {
    width: x + Math.max(graph.width, 330),
    height: Math.max(y, 40 + 18 * says2.length + graph.height),
    nodes,
  };
  const title = titleOf(trace, step);
  const text = [...state.cpus.map((view, cpu) => cpuText(view, cpu, names)), ...failed, says].join(
    "\n",
  );
  const heading = `${step}/${trace.steps.length}  ${title}`;
  return { title, text, svg: framed(drawing, { heading, alt: title, notes: names.legend() }) };
}

/**
 * Returns the step player of a schedule: a picture for each step, and the last as the image.
 *
 * @param trace a schedule replayed.
 * @param views lockdep's knowledge along it; that of one who saw only this trace unless given.
 */
export async function stepPlayer(
  trace: Trace,
  views: readonly LockdepView[] = lockdepAlong(trace),
): Promise<Figure> {
  const names = new LockNames(trace);
  const states = [trace.start, ...trace.steps.map((step) => step.after)];
  const scene: Scene = {
    trace,
    names,
    views,
    graph: await graphAt(views),
    moving: movingValues(trace),
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
  const alt = `Step player of ${trace.title}: ${trace.steps.length} steps; the picture is the last. ${lockdepSays(views, states.length - 1)}. At the end: ${end}.`;
  return {
    name: "step-player",
    alt,
    text: frames.map((frame, i) => `${i}  ${frame.title}\n${indented(frame.text)}`).join("\n"),
    svg: frames.at(-1)?.svg ?? "",
    frames,
    html: playerHtml(frames, `Steps of ${trace.title}`),
  };
}

const indented = (text: string): string =>
  text
    .split("\n")
    .map((line) => `     ${line}`)
    .join("\n");
