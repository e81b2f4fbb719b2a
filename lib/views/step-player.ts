/**
 * The step player: the machine and lockdep's graph as they were after each step of a schedule.
 */
import { emphasisOf } from "./emphasis.js";
import type { Figure, Frame } from "./figure.js";
import { framed, type Drawing } from "./frame.js";
import { LockNames } from "./lock-names.js";
import { lockdepAlong, type LockdepView } from "./lockdep-along.js";
import { placeLinks, drawPlaced, type PlacedLinks } from "./node-link.js";
import type { Tone } from "./palette.js";
import { playerHtml } from "./player-html.js";
import { group, rect, type SvgNode } from "./svg.js";
import { counted, label, labelLines, shorten, textWidth, wrap, type TextStyle } from "./text.js";
import { ending } from "./timeline.js";
import type { CpuView, Trace, TraceState } from "./trace.js";

const leftWidth = 400;
const small: TextStyle = { size: 12 };

function chip(text: string, x: number, y: number, fill: Tone, ink: Tone, dash?: string): SvgNode {
  const width = textWidth(text, small) + 16;
  return group([
    rect(
      { x, y, width, height: 20 },
      { fill, stroke: ink, ...(dash === undefined ? {} : { dash }) },
      5,
    ),
    label(text, x + 8, y + 14.5, { ...small, tone: ink }),
  ]);
}

function runsText(view: CpuView): string {
  return view.context === "idle" ? "idle" : `${view.running} (${view.context})`;
}

/** One CPU: who runs, the IRQ flag, a row for each lock held, and what it waits for. */
function cpuPanel(view: CpuView, cpu: number, rows: number, names: LockNames): Drawing {
  const height = 36 + 24 * rows;
  const chips = [
    ...view.held.map(({ id }) => {
      const { letter, full, fill, ink } = names.of(id);
      return { text: `holds ${letter}  ${full}`, fill, ink, dash: undefined };
    }),
    ...(view.waits === null
      ? []
      : [
          {
            text: `waits for ${view.waits.lock === null ? view.waits.text : `${names.of(view.waits.lock).letter}  ${names.of(view.waits.lock).full}`}`,
            fill: "redWash" as const,
            ink: "red" as const,
            dash: "5 3",
          },
        ]),
  ];
  const tone = view.context === "hardirq" ? "amber" : view.context === "softirq" ? "purple" : "ink";
  return {
    width: leftWidth,
    height,
    nodes: [
      rect({ x: 0, y: 0, width: leftWidth, height }, { fill: "panel", stroke: "line" }, 7),
      label(`CPU ${cpu}`, 12, 22, { bold: true }),
      label(shorten(runsText(view), 200, { bold: true }), 70, 22, { bold: true, tone }),
      view.irqsOn
        ? label("IRQs on", leftWidth - 12, 22, { ...small, tone: "green", anchor: "end" })
        : label("IRQs off ■", leftWidth - 12, 22, {
            ...small,
            bold: true,
            tone: "amber",
            anchor: "end",
          }),
      ...chips.map((c, i) =>
        chip(shorten(c.text, leftWidth - 44, small), 12, 34 + 24 * i, c.fill, c.ink, c.dash),
      ),
    ],
  };
}

/** The variables that ever change in the trace: the others say nothing about its steps. */
function movingValues(trace: Trace): ReadonlySet<string> {
  const first = new Map(trace.start.values);
  return new Set(
    trace.steps.flatMap((step) =>
      step.after.values.flatMap(([name, value]) => (first.get(name) === value ? [] : [name])),
    ),
  );
}

const mostValues = 30;

function valuesDrawing(
  state: TraceState,
  before: TraceState,
  moving: ReadonlySet<string>,
): Drawing {
  const old = new Map(before.values);
  const all = state.values.filter(([name]) => moving.has(name));
  const shown = all.slice(0, mostValues);
  const width = leftWidth / 2;
  const nodes = shown.map(([name, value], i) => {
    const changed = old.get(name) !== value;
    const style: TextStyle = {
      size: 11,
      mono: true,
      bold: changed,
      tone: changed ? "blue" : "muted",
    };
    const text = shorten(`${changed ? "▸" : " "}${name} = ${value}`, width - 8, style);
    return label(text.trimStart(), (i % 2) * width, 12 + 16 * Math.floor(i / 2), style);
  });
  const more = all.length - shown.length;
  const rows = Math.ceil(shown.length / 2);
  return {
    width: leftWidth,
    height: 16 * (rows + (more > 0 ? 1 : 0)) + 4,
    nodes: [
      ...nodes,
      ...(more > 0
        ? [label(`… and ${more} more`, 0, 12 + 16 * rows, { size: 11, tone: "muted" })]
        : []),
    ],
  };
}

/** Lockdep's graph: laid out once for the last step, so that nothing moves while it grows. */
async function graphAt(views: readonly LockdepView[]): Promise<(step: number) => Drawing> {
  const last = views.at(-1);
  const graph = last?.graph ?? { classes: [], edges: [], chains: [] };
  const report = last?.report ?? null;
  const refused = report === null ? [] : emphasisOf(graph, report).edges.filter((e) => e.refused);
  const index = new Map(graph.classes.map((c, i) => [c.index, i]));
  const ends = [
    ...graph.edges.map((e) => ({ from: e.from, to: e.to, late: false })),
    ...refused.map((e) => ({ from: e.from.index, to: e.to.index, late: true })),
  ];
  const nameStyle = { size: 12, mono: true, bold: true } as const;
  const placed: PlacedLinks = await placeLinks({
    direction: "down",
    rankGap: 46,
    nodes: graph.classes.map((c) => ({
      lines: [
        ...wrap(c.name, 250, nameStyle).map((text) => ({ ...nameStyle, text })),
        { text: "{....}", size: 12, mono: true },
      ],
      fill: "panel",
      stroke: "line",
      outline: 1.2,
    })),
    edges: ends.map((e) => ({
      from: index.get(e.from) ?? 0,
      to: index.get(e.to) ?? 0,
      lines: [],
      stroke: "muted",
      width: 1.5,
    })),
  });
  return (step) => {
    const now = views[step];
    const known = new Map((now?.graph.classes ?? []).map((c) => [c.index, c]));
    const before = views[step - 1]?.graph.edges.length ?? 0;
    const circle = now?.report == null ? null : emphasisOf(now.graph, now.report);
    const red = new Set(circle?.classes.map((c) => c.index));
    return drawPlaced(placed, {
      node: (node, i) => {
        const own = graph.classes[i];
        const seen = own === undefined ? undefined : known.get(own.index);
        const hot = own !== undefined && red.has(own.index);
        const tone: Tone = seen === undefined ? "line" : hot ? "red" : "ink";
        return {
          ...node,
          lines: node.lines.map((line, l) => ({
            ...line,
            tone,
            ...(l === node.lines.length - 1 && seen !== undefined
              ? { text: `{${seen.usage}}` }
              : {}),
          })),
          fill: hot ? "redWash" : seen === undefined ? "card" : "panel",
          stroke: hot ? "red" : "line",
          outline: hot ? 2 : 1.2,
        };
      },
      edge: (edge, i) => {
        const end = ends[i];
        const there =
          end?.late === true
            ? circle !== null
            : now?.graph.edges.some((e) => e.from === end?.from && e.to === end.to) === true;
        const fresh = there && end?.late !== true && i >= before;
        const hot =
          circle?.edges.some((e) => e.from.index === end?.from && e.to.index === end.to) === true;
        return {
          ...edge,
          stroke: !there ? "line" : hot ? "red" : fresh ? "blue" : "ink",
          width: !there ? 0.8 : hot || fresh ? 2.6 : 1.5,
          ...(end?.late === true || !there ? { dash: there ? "7 4" : "2 4" } : {}),
        };
      },
    });
  };
}

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
  const failedLines = failed.flatMap((text) => wrap(`✗ ${text}`, leftWidth, small));
  nodes.push(...labelLines(failedLines, 0, y + 14, { ...small, bold: true, tone: "red" }, 16));
  y += failedLines.length * 16 + 4;
  const values = valuesDrawing(state, stateAt(trace, Math.max(0, step - 1)), scene.moving);
  nodes.push(group(values.nodes, { x: 0, y: y + 4 }));
  y += values.height + 8;
  const graph = scene.graph(step);
  const says = lockdepSays(scene.views, step);
  const bad = scene.views[step]?.report != null;
  const x = leftWidth + 28;
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
  return { title, text, svg: framed(drawing, { heading, alt: title }) };
}

function cpuText(view: CpuView, cpu: number, names: LockNames): string {
  const held = view.held.map(({ id }) => names.of(id).full).join(", ");
  const { waits } = view;
  return [
    `CPU ${cpu}: ${runsText(view)}, IRQs ${view.irqsOn ? "on" : "off"}`,
    ...(held === "" ? [] : [`holds ${held}`]),
    ...(waits === null
      ? []
      : [`waits for ${waits.lock === null ? waits.text : names.of(waits.lock).full}`]),
  ].join(", ");
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
