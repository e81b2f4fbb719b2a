/**
 * The sequence diagram of a schedule: CPUs and locks as lifelines, an arrow for each lock operation.
 */
import { counted } from "../../primitives/counted.js";
import type { Event } from "../../primitives/event.js";
import type { Figure } from "../draw/figure.js";
import { framed, pageWidth, type Drawing } from "../draw/card.js";
import { LockNames } from "../trace/lock-legend.js";
import { mermaidText } from "../draw/mermaid-text.js";
import { arrowHead } from "../draw/graph.js";
import type { Tone } from "../draw/palette.js";
import { line, rect, type SvgNode } from "../draw/svg.js";
import { label, labelLines, shorten, wrap, type TextStyle } from "../draw/text.js";
import { ending } from "./ending.js";
import type { Trace, TraceState, TraceStep } from "../trace/trace.js";

/** One line of the diagram, from a CPU to a lock, or about a CPU alone. */
type Row =
  | {
      readonly kind: "take" | "drop" | "wait";
      readonly step: number;
      readonly cpu: number;
      readonly lock: string;
      readonly text: string;
    }
  | {
      readonly kind: "note";
      readonly step: number;
      /** Null for what a device does. */
      readonly cpu: number | null;
      readonly text: string;
      readonly tone: Tone;
    };

const within = (event: Event): string =>
  event.stack[0] === undefined ? "" : ` in ${event.stack[0]}`;

function eventRows(event: Event, step: number): readonly Row[] {
  const { cpu } = event;
  switch (event.kind) {
    case "locked":
      return [
        {
          kind: "take",
          step,
          cpu,
          lock: event.map.id,
          text: `${event.read === 0 ? "lock" : "read lock"}${within(event)}`,
        },
      ];
    case "unlocked":
      return [{ kind: "drop", step, cpu, lock: event.map.id, text: `unlock${within(event)}` }];
    case "hardirqs":
      return [{ kind: "note", step, cpu, text: event.on ? "IRQs on" : "IRQs off", tone: "muted" }];
    case "enter":
      return [{ kind: "note", step, cpu, text: `${event.context} begins`, tone: "amber" }];
    case "exit":
      return [{ kind: "note", step, cpu, text: `${event.context} ends`, tone: "amber" }];
    case "nmi": {
      const text = event.on ? "NMI begins" : "NMI ends";
      return [{ kind: "note", step, cpu, text, tone: "amber" }];
    }
    case "acquire":
    case "release":
    case "touch":
    case "sync":
    case "set_subclass":
    case "pin":
    case "unpin":
    case "rcu_warn":
    case "lockdep":
    case "waiting":
    case "softirqs":
    case "assert_held":
    case "assert_irqs":
    case "return_to_user":
    case "downgrade":
    case "free":
    case "init":
    case "task_exit":
      return [];
  }
}

/** Returns what a step says: its events, who runs from now on, what a device does, and failed checks. */
function stepRows(step: TraceStep, i: number, before: TraceState): readonly Row[] {
  const note = (text: string, tone: Tone, cpu = step.cpu): Row => ({
    kind: "note",
    step: i + 1,
    cpu,
    text,
    tone,
  });
  const switched = step.after.cpus.flatMap((view, cpu) =>
    view.context === "task" && before.cpus[cpu]?.running !== view.running
      ? [note(`${view.running} runs`, "blue", cpu)]
      : [],
  );
  return [
    ...(step.cpu === null ? [note(`${step.by}: ${step.label}`, "ink")] : []),
    ...step.events.flatMap((event) => eventRows(event, i + 1)),
    ...switched,
    ...step.violations.map((text) => note(text, "red")),
  ];
}

function rowsOf(trace: Trace): readonly Row[] {
  const last = trace.steps.at(-1)?.after ?? trace.start;
  const waits = last.cpus.flatMap((view, cpu): Row[] => {
    if (view.waits === null) return [];
    const step = trace.steps.length;
    return view.waits.lock === null
      ? [{ kind: "note", step, cpu, text: `waits: ${view.waits.text}`, tone: "red" }]
      : [{ kind: "wait", step, cpu, lock: view.waits.lock, text: "waits" }];
  });
  const states = [trace.start, ...trace.steps.map((step) => step.after)];
  const done = trace.steps.flatMap((step, i) => stepRows(step, i, states[i] ?? trace.start));
  return [...done, ...waits];
}

/** The locks that a row speaks of, in the order of the legend. */
function locksOf(rows: readonly Row[], names: LockNames): readonly string[] {
  const used = new Set(rows.flatMap((row) => (row.kind === "note" ? [] : [row.lock])));
  return names.all().flatMap(([id]) => (used.has(id) ? [id] : []));
}

function mermaidOf(trace: Trace, rows: readonly Row[], names: LockNames): string {
  const locks = locksOf(rows, names);
  const lock = (id: string): string => `L${locks.indexOf(id)}`;
  const cpus = trace.start.cpus.map((_, cpu) => cpu);
  const everyone = `C0${cpus.length > 1 ? `,C${cpus.length - 1}` : ""}`;
  return [
    "sequenceDiagram",
    ...cpus.map((cpu) => `  participant C${cpu} as CPU ${cpu}`),
    ...locks.map((id) => `  participant ${lock(id)} as ${mermaidText(names.of(id).short)}`),
    ...rows.map((row) => {
      const text = `${row.step}. ${mermaidText(row.text)}`;
      switch (row.kind) {
        case "take":
          return `  C${row.cpu}->>${lock(row.lock)}: ${text}`;
        case "drop":
          return `  C${row.cpu}-->>${lock(row.lock)}: ${text}`;
        case "wait":
          return `  C${row.cpu}-x${lock(row.lock)}: ${text}`;
        case "note":
          return `  Note over ${row.cpu === null ? everyone : `C${row.cpu}`}: ${text}`;
      }
    }),
  ].join("\n");
}

const rowHeight = 28;
/** Where the first lane begins: before it stand the numbers of the steps. */
const numbersWidth = 34;
/** The least room of a lane. */
const leastLane = 90;
const headHeight = 72;
const small: TextStyle = { size: 11.5 };

function draw(trace: Trace, rows: readonly Row[], names: LockNames): Drawing {
  const locks = locksOf(rows, names);
  const cpus = trace.start.cpus.length;
  const lanes = cpus + locks.length;
  const gap = Math.max(leastLane, (pageWidth - numbersWidth) / Math.max(lanes, 1));
  const x = (lane: number): number => numbersWidth + gap * (lane + 0.5);
  const laneOf = (id: string): number => cpus + locks.indexOf(id);
  const height = headHeight + 14 + rows.length * rowHeight + 10;
  const head = (lane: number, text: string, fill: Tone, ink: Tone): readonly SvgNode[] => {
    const lines = wrap(text, gap - 26, { ...small, bold: true }).slice(0, 4);
    const box = { x: x(lane) - gap / 2 + 6, y: 0, width: gap - 12, height: headHeight };
    return [
      line({ x: x(lane), y: headHeight }, { x: x(lane), y: height }, { stroke: "line" }),
      rect(box, { fill, stroke: ink }, 6),
      ...labelLines(
        lines,
        x(lane),
        headHeight / 2 + 4 - (lines.length - 1) * 7.5,
        { ...small, bold: true, tone: ink, anchor: "middle" },
        15,
      ),
    ];
  };
  const rowY = (i: number): number => headHeight + 14 + i * rowHeight + 14;
  return {
    width: numbersWidth + gap * lanes,
    height,
    nodes: [
      ...trace.start.cpus.flatMap((_, cpu) => head(cpu, `CPU ${cpu}`, "panel", "ink")),
      ...locks.flatMap((id) =>
        head(laneOf(id), names.of(id).short, names.of(id).fill, names.of(id).ink),
      ),
      ...holds(rows, laneOf, x, rowY, names, height),
      ...rows.flatMap((row, i) => drawRow(row, i, rowY(i), { x, laneOf, cpus, gap }, rows)),
    ],
  };
}

/** Returns a bar on the lock's lifeline for as long as somebody has it. */
function holds(
  rows: readonly Row[],
  laneOf: (id: string) => number,
  x: (lane: number) => number,
  rowY: (i: number) => number,
  names: LockNames,
  end: number,
): readonly SvgNode[] {
  return rows.flatMap((row, i): SvgNode[] => {
    if (row.kind !== "take") return [];
    const dropped = rows.findIndex((r, j) => j > i && r.kind === "drop" && r.lock === row.lock);
    const bottom = dropped < 0 ? end : rowY(dropped);
    const box = { x: x(laneOf(row.lock)) - 5, y: rowY(i), width: 10, height: bottom - rowY(i) };
    return [rect(box, { fill: names.of(row.lock).fill, stroke: names.of(row.lock).ink }, 2)];
  });
}

interface Places {
  readonly x: (lane: number) => number;
  readonly laneOf: (id: string) => number;
  readonly cpus: number;
  readonly gap: number;
}

function drawRow(
  row: Row,
  i: number,
  y: number,
  places: Places,
  rows: readonly Row[],
): readonly SvgNode[] {
  const number =
    rows[i - 1]?.step === row.step
      ? []
      : [label(String(row.step), 22, y + 4, { size: 11, tone: "muted", anchor: "end" })];
  if (row.kind === "note") {
    const [from, to] = row.cpu === null ? [0, places.cpus - 1] : [row.cpu, row.cpu];
    const box = {
      x: places.x(from) - places.gap / 2 + 4,
      y: y - 10,
      width: places.x(to) - places.x(from) + places.gap - 8,
      height: 20,
    };
    const text = shorten(row.text, box.width - 10, small);
    const middle = box.x + box.width / 2;
    return [
      ...number,
      rect(
        box,
        {
          fill: row.tone === "red" ? "redWash" : "panel",
          stroke: row.tone === "ink" ? "line" : row.tone,
        },
        4,
      ),
      label(text, middle, y + 4, { ...small, tone: row.tone, anchor: "middle" }),
    ];
  }
  const tone = row.kind === "wait" ? "red" : "ink";
  const start = places.x(row.cpu);
  const tip = places.x(places.laneOf(row.lock)) - 6;
  const dash = row.kind === "drop" ? { dash: "5 3" } : row.kind === "wait" ? { dash: "2 3" } : {};
  return [
    ...number,
    line({ x: start, y }, { x: tip - 8, y }, { stroke: tone, width: 1.4, ...dash }),
    arrowHead({ x: tip - 8, y }, { x: tip, y }, tone),
    label(row.text, start + 8, y - 5, { ...small, tone, bold: row.kind === "wait", halo: "card" }),
  ];
}

/**
 * Returns the sequence diagram of a schedule, as an image and as Mermaid source.
 *
 * @param trace a schedule replayed.
 */
export function sequenceDiagram(trace: Trace): Figure {
  const names = new LockNames(trace);
  const rows = rowsOf(trace);
  const end = ending(trace, names);
  const said = rows.map((row) => {
    const who = row.cpu === null ? "device" : `CPU ${row.cpu}`;
    return `${row.step}  ${who}  ${row.text}${row.kind === "note" ? "" : ` ${names.of(row.lock).short}`}`;
  });
  const alt = `Sequence diagram of ${trace.title}, ${counted(trace.steps.length, "step")}. At the end: ${end}.`;
  return {
    name: "sequence",
    alt,
    text: [trace.title, ...said, `at the end: ${end}`].join("\n"),
    svg: framed(draw(trace, rows, names), {
      heading: `${trace.title}: who takes what, in order`,
      alt,
      notes: [...names.legend(), `At the end: ${end}.`],
    }),
    mermaid: mermaidOf(trace, rows, names),
  };
}
