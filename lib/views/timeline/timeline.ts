/**
 * The swimlane timeline of a schedule: a lane a CPU, with context, IRQ flag, held locks and waits.
 */
import type { Figure } from "../draw/figure.js";
import { framed, type Drawing } from "../draw/card.js";
import { lanesOf, type Bar, type Lane } from "../trace/bars.js";
import { LockNames } from "../trace/lock-legend.js";
import type { Tone } from "../draw/palette.js";
import { circle, element, group, line, rect, type Box, type SvgNode } from "../draw/svg.js";
import {
  fitting,
  label,
  labelLines,
  shorten,
  textWidth,
  wrap,
  type TextStyle,
} from "../draw/text.js";
import { counted } from "../../primitives/counted.js";
import { timelinePlotly } from "./plotly.js";
import type { Context } from "../trace/followed.js";
import type { Trace } from "../trace/trace.js";

const left = 96;
const row = 24;
const barText: TextStyle = { size: 11.5 };

const contextTones: Readonly<Record<Context, readonly [fill: Tone, ink: Tone]>> = {
  idle: ["card", "muted"],
  task: ["blueWash", "blue"],
  softirq: ["purpleWash", "purple"],
  hardirq: ["amberWash", "amber"],
};

interface Scale {
  readonly column: number;
  readonly columns: number;
}

const span = (scale: Scale, bar: Bar, y: number, height: number): Box => ({
  x: left + bar.from * scale.column + 1,
  y,
  width: (bar.to - bar.from) * scale.column - 2,
  height,
});

/** The first of the texts that fits into the bar, or as much of the last as does. */
function barLabel(texts: readonly string[], box: Box, style: TextStyle): readonly SvgNode[] {
  const shown = fitting(texts, box.width - 6, style);
  return shown === ""
    ? []
    : [
        label(shown, box.x + box.width / 2, box.y + box.height / 2 + 4, {
          ...style,
          anchor: "middle",
        }),
      ];
}

/** A row for what is pending only where something is. */
const pendingRows = (lane: Lane): number => (lane.pending.length > 0 ? 1 : 0);
const laneHeight = (lane: Lane): number => row * (3 + lane.rows + pendingRows(lane)) + 8;

function drawLane(lane: Lane, names: LockNames, scale: Scale, top: number): readonly SvgNode[] {
  const height = laneHeight(lane);
  const rowY = (i: number): number => top + 4 + i * row;
  const ground = { x: 0, y: top, width: left + scale.columns * scale.column, height };
  const head = (text: string, i: number): SvgNode =>
    label(text, left - 8, rowY(i) + 16, { size: 11, tone: "muted", anchor: "end" });
  return [
    rect(ground, { fill: "panel" }, 6),
    label(`CPU ${lane.cpu}`, 8, rowY(0) + 17, { bold: true }),
    head("runs", 0),
    head("IRQs off", 1),
    head("holds", 2),
    head("waits for", 2 + lane.rows),
    ...(lane.pending.length > 0 ? [head("pending", 3 + lane.rows)] : []),
    ...lane.pending.flatMap((bar) => {
      const box = span(scale, bar, rowY(3 + lane.rows) + 2, row - 4);
      return [
        rect(box, { fill: "card", stroke: "amber", dash: "3 3" }, 4),
        ...barLabel([bar.text, "!"], box, { ...barText, tone: "amber" }),
      ];
    }),
    ...lane.runs.flatMap((bar) => {
      const [fill, ink] = contextTones[bar.context];
      const box = span(scale, bar, rowY(0) + 2, row - 4);
      return [
        rect(box, { fill, stroke: ink }, 4),
        ...barLabel([bar.running], box, { ...barText, bold: bar.context !== "idle", tone: ink }),
      ];
    }),
    ...lane.irqsOff.map((bar) => rect(span(scale, bar, rowY(1) + 8, 8), { fill: "muted" }, 3)),
    ...lane.held.flatMap((bar) => {
      const name = names.of(bar.lock);
      const box = span(scale, bar, rowY(2 + bar.row) + 2, row - 4);
      return [
        rect(box, { fill: name.fill, stroke: name.ink, width: 1.5 }, 4),
        ...barLabel([name.short, name.word], box, { ...barText, tone: name.ink }),
      ];
    }),
    ...lane.waits.flatMap((bar) => {
      const box = span(scale, bar, rowY(2 + lane.rows) + 2, row - 4);
      const name = bar.lock === null ? null : names.of(bar.lock);
      const texts = name === null ? [bar.text] : [name.short, name.word];
      return [
        rect(box, { fill: "redWash", stroke: "red", width: 1.5, dash: "5 3" }, 4),
        ...barLabel(texts, box, { ...barText, bold: true, tone: "red" }),
      ];
    }),
  ];
}

const labelStyle: TextStyle = { size: 11 };
/** The slope of the steps' labels, in degrees. */
const slope = 24;
/** Up to so many steps carry their labels; more are told in the list alone. */
const mostLabels = 16;

const labelOf = (text: string): string => shorten(text, 190, labelStyle);
const carriesLabels = (trace: Trace): boolean => trace.steps.length <= mostLabels;

/** The room above the lanes: for numbers alone, or for labels too. */
function headHeight(trace: Trace): number {
  if (!carriesLabels(trace)) return 22;
  const longest = Math.max(0, ...trace.steps.map((s) => textWidth(labelOf(s.label), labelStyle)));
  return 30 + longest * Math.sin((slope * Math.PI) / 180);
}

/** What a label at its slope needs to the right of its step, in pixels. */
function labelReach(trace: Trace, scale: Scale): number {
  if (!carriesLabels(trace)) return 0;
  const reach = trace.steps.map(
    (step, i) =>
      left +
      (i + 1) * scale.column +
      textWidth(labelOf(step.label), labelStyle) * Math.cos((slope * Math.PI) / 180),
  );
  return Math.max(0, ...reach);
}

/** A dot for each step, on the lane of whoever took it, with its number and its label on top. */
function drawSteps(
  trace: Trace,
  tops: readonly number[],
  devices: number,
  scale: Scale,
  bottom: number,
): readonly SvgNode[] {
  const every = Math.max(1, Math.ceil(18 / scale.column));
  const numbers = headHeight(trace) - 12;
  return trace.steps.flatMap((step, i): SvgNode[] => {
    const number = i + 1;
    const x = left + number * scale.column;
    const y = step.cpu === null ? devices + 14 : (tops[step.cpu] ?? 0);
    const text = labelOf(step.label);
    return [
      line({ x, y: numbers + 4 }, { x, y: bottom }, { stroke: "line", width: 0.6, dash: "2 3" }),
      ...(number % every === 0 || number === trace.steps.length
        ? [label(String(number), x, numbers, { size: 11, tone: "muted", anchor: "middle" })]
        : []),
      ...(carriesLabels(trace)
        ? [
            element("g", { transform: `translate(${x},${numbers - 13}) rotate(${-slope})` }, [
              label(text, 0, 0, labelStyle),
            ]),
          ]
        : []),
      ...(trace.certain === number
        ? [line({ x, y: numbers + 4 }, { x, y: bottom }, { stroke: "red", width: 1.6 })]
        : []),
      circle({ x, y }, 3.5, { fill: step.violations.length > 0 ? "red" : "ink" }),
    ];
  });
}

/** The lane of the devices, if one of them did anything: its top, and what is drawn. */
function drawDevices(trace: Trace, scale: Scale, top: number): Drawing {
  if (trace.steps.every(({ cpu }) => cpu !== null)) return { width: 0, height: 0, nodes: [] };
  const ground = { x: 0, y: top, width: left + scale.columns * scale.column, height: 28 };
  return {
    width: ground.width,
    height: 36,
    nodes: [rect(ground, { fill: "panel" }, 6), label("devices", 8, top + 18, { bold: true })],
  };
}

const listStyle: TextStyle = { size: 11.5 };
const most = 100;

function stepText(trace: Trace, i: number): string {
  const step = trace.steps[i];
  if (step === undefined) return "";
  const where = step.cpu === null ? "" : `CPU ${step.cpu} `;
  const changed = changedValues(trace, i);
  const now = changed.length === 0 ? "" : ` (${changed.join(", ")})`;
  const place = step.at === null ? "" : `${step.at.file}:${step.at.line} `;
  const mark = trace.certain === i + 1 ? ` — ${fromHereOn}` : "";
  return `${i + 1}  ${where}${step.by}: ${place}${step.label}${now}${mark}`;
}

/** What is said of the step that makes a deadlock certain. */
const fromHereOn = "from here on nobody can get out";

/** More changes than these say too much for a line. */
const mostChanged = 2;

/** The variables that a step changed, with their values after it: `count = 1`. */
function changedValues(trace: Trace, i: number): readonly string[] {
  const before = new Map((trace.steps[i - 1]?.after ?? trace.start).values);
  const after = trace.steps[i]?.after.values ?? [];
  const changed = after.filter(([name, value]) => before.get(name) !== value);
  return changed.length > mostChanged ? [] : changed.map(([name, value]) => `${name} = ${value}`);
}

/** The steps in words, in two columns, so that the picture can be read without a pointer. */
function drawList(trace: Trace, width: number): Drawing {
  const shown = Math.min(trace.steps.length, most);
  const half = width / 2 - 12;
  const texts = Array.from({ length: shown }, (_, i) => wrap(stepText(trace, i), half, listStyle));
  if (shown < trace.steps.length) texts.push([`… and ${trace.steps.length - shown} more steps`]);
  const total = texts.reduce((sum, lines) => sum + lines.length, 0);
  const nodes: SvgNode[] = [];
  let [used, column, y, deepest] = [0, 0, 0, 0];
  for (const lines of texts) {
    if (column === 0 && used >= total / 2) [column, y] = [1, 0];
    nodes.push(...labelLines(lines, column * (half + 24), y + 12, listStyle, 16));
    y += 16 * lines.length;
    used += lines.length;
    deepest = Math.max(deepest, y);
  }
  return { width, height: deepest, nodes };
}

function draw(trace: Trace, names: LockNames): Drawing {
  const lanes = lanesOf(trace);
  const columns = trace.steps.length + 1;
  const column = Math.min(150, Math.max(15, 760 / columns));
  const scale = { column, columns };
  const tops: number[] = [];
  let y = headHeight(trace);
  const devices = y;
  const deviceLane = drawDevices(trace, scale, devices);
  y += deviceLane.height;
  for (const lane of lanes) {
    tops.push(y);
    y += laneHeight(lane) + 8;
  }
  const width = left + columns * column;
  const listWidth = Math.max(width, 560, labelReach(trace, scale));
  const list = drawList(trace, listWidth);
  const legend = names.legend().flatMap((text) => wrap(text, listWidth, listStyle));
  const legendTop = y + 8;
  const listTop = legendTop + legend.length * 16 + 10;
  return {
    width: listWidth,
    height: listTop + list.height,
    nodes: [
      ...deviceLane.nodes,
      ...lanes.flatMap((lane, i) => drawLane(lane, names, scale, tops[i] ?? 0)),
      ...drawSteps(trace, tops, devices, scale, y - 8),
      ...labelLines(legend, 0, legendTop + 12, { ...listStyle, mono: true }, 16),
      group(list.nodes, { x: 0, y: listTop }),
    ],
  };
}

/** Returns what the trace ends in: who waits for what, held by whom, or the checks that failed. */
export function ending(trace: Trace, names: LockNames): string {
  const failed = trace.steps.flatMap((step) => step.violations);
  const last = trace.steps.at(-1)?.after ?? trace.start;
  const waits = last.cpus.flatMap((cpu, number) => {
    if (cpu.waits === null) return [];
    const { lock, text } = cpu.waits;
    const holder = last.cpus.findIndex((other) => other.held.some((l) => l.id === lock));
    const who = `CPU ${number} (${cpu.running})`;
    if (lock !== null && holder >= 0) {
      return [`${who} waits for ${names.of(lock).short}, held on CPU ${holder}`];
    }
    const why = trace.ends.find(({ process }) => process === cpu.running)?.why;
    const of = lock === null ? text : names.of(lock).short;
    return [`${who} waits for ${of}${why === undefined ? "" : `, ${why}`}`];
  });
  const seen = new Set(last.cpus.map(({ running }) => running));
  const asleep = trace.ends
    .filter(({ process, offCpu }) => !seen.has(process) && !offCpu)
    .map(({ process, label: text, why }) => `${process} waits for ${text}, ${why}`);
  const said = [...failed, ...waits, ...asleep];
  return said.length === 0 ? "nobody waits" : said.join("; ");
}

/**
 * Returns the timeline of a schedule; up to 16 steps carry their labels, and a longer one has a form that can be zoomed.
 *
 * @param trace a schedule replayed.
 */
export function timeline(trace: Trace): Figure {
  const names = new LockNames(trace);
  const end = ending(trace, names);
  const count = `${counted(trace.steps.length, "step", "steps")} on ${counted(trace.start.cpus.length, "CPU", "CPUs")}`;
  const alt = `Timeline of ${trace.title}: ${count}. At the end: ${end}.`;
  return {
    name: "timeline",
    alt,
    text: [
      `${trace.title}: ${count}`,
      ...trace.steps.map((_, i) => stepText(trace, i)),
      `at the end: ${end}`,
    ].join("\n"),
    svg: framed(draw(trace, names), {
      heading: `${trace.title}: ${count}`,
      alt,
      notes: [`At the end: ${end}.`],
    }),
    // A short one says all in the picture; a long one is better zoomed.
    ...(carriesLabels(trace)
      ? {}
      : { plotly: timelinePlotly(trace, names, `At the end: ${end}.`) }),
  };
}
