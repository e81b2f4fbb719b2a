/** The lane of a CPU in a timeline. */
import { label, fitting, type TextStyle } from "../draw/text.js";
import { rect, type Box, type SvgNode } from "../draw/svg.js";
import type { Tone } from "../draw/palette.js";
import type { Bar, Lane } from "../trace/bars.js";
import type { Context } from "../trace/followed.js";
import type { LockNames } from "../trace/lock-legend.js";
import { besideBar } from "./beside-bar.js";
import { endingsOf } from "./endings.js";
import { type Scale, left, span } from "./scale.js";

const row = 24;
const barText: TextStyle = { size: 11.5 };

const contextTones: Readonly<Record<Context, readonly [fill: Tone, ink: Tone]>> = {
  idle: ["card", "muted"],
  task: ["blueWash", "blue"],
  softirq: ["purpleWash", "purple"],
  hardirq: ["amberWash", "amber"],
};

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

/** The label of a bar inside of it, or to its left where it is too short and there is room. */
function inOrBeside(
  bars: readonly Bar[],
  bar: Bar,
  texts: readonly string[],
  box: Box,
  scale: Scale,
  style: TextStyle,
): readonly SvgNode[] {
  const beside = besideBar(bars, bar, texts, scale.column, style);
  if (beside === "") return barLabel(texts, box, style);
  return [label(beside, box.x - 5, box.y + box.height / 2 + 4, { ...style, anchor: "end" })];
}

/** Which rows a timeline has: none that is empty in the lanes of all CPUs. */
export interface Rows {
  readonly irqsOff: boolean;
  readonly holds: boolean;
  readonly waits: boolean;
}

/** Returns the rows in which some lane has a bar. */
export const rowsOf = (lanes: readonly Lane[]): Rows => ({
  irqsOff: lanes.some((lane) => lane.irqsOff.length > 0),
  holds: lanes.some((lane) => lane.held.length > 0),
  waits: lanes.some((lane) => lane.waits.length > 0),
});

/** Where each kind of bar begins in a lane, in rows; what is pending has a row only where something is. */
function placesIn(lane: Lane, rows: Rows) {
  const irqsOff = 1;
  const holds = irqsOff + (rows.irqsOff ? 1 : 0);
  const waits = holds + (rows.holds ? lane.rows : 0);
  const pending = waits + (rows.waits ? 1 : 0);
  return { irqsOff, holds, waits, pending, end: pending + (lane.pending.length > 0 ? 1 : 0) };
}

/** Returns the height of a lane, in pixels. */
export const laneHeight = (lane: Lane, rows: Rows): number => row * placesIn(lane, rows).end + 8;

/** Draws the lane of a CPU: what it runs, IRQs off, held locks, waits, what is pending. */
export function drawLane(
  lane: Lane,
  names: LockNames,
  scale: Scale,
  top: number,
  rows: Rows,
): readonly SvgNode[] {
  const places = placesIn(lane, rows);
  const height = laneHeight(lane, rows);
  const rowY = (i: number): number => top + 4 + i * row;
  const ground = { x: 0, y: top, width: left + scale.columns * scale.column, height };
  const head = (text: string, i: number): SvgNode =>
    label(text, left - 8, rowY(i) + 16, { size: 11, tone: "muted", anchor: "end" });
  return [
    rect(ground, { fill: "panel" }, 6),
    label(`CPU ${lane.cpu}`, 8, rowY(0) + 17, { bold: true }),
    head("runs", 0),
    ...(rows.irqsOff ? [head("IRQs off", places.irqsOff)] : []),
    ...(rows.holds ? [head("holds", places.holds)] : []),
    ...(rows.waits ? [head("waits for", places.waits)] : []),
    ...(lane.pending.length > 0 ? [head("pending", places.pending)] : []),
    ...lane.pending.flatMap((bar) => {
      const box = span(scale, bar, rowY(places.pending) + 2, row - 4);
      const style: TextStyle = { ...barText, tone: "amber" };
      return [
        rect(box, { fill: "card", stroke: "amber", dash: "3 3" }, 4),
        ...inOrBeside(lane.pending, bar, endingsOf(bar.text), box, scale, style),
      ];
    }),
    ...lane.runs.flatMap((bar) => {
      const [fill, ink] = contextTones[bar.context];
      const box = span(scale, bar, rowY(0) + 2, row - 4);
      return [
        rect(box, { fill, stroke: ink }, 4),
        ...barLabel(endingsOf(bar.running), box, {
          ...barText,
          bold: bar.context !== "idle",
          tone: ink,
        }),
      ];
    }),
    ...lane.irqsOff.map((bar) =>
      rect(span(scale, bar, rowY(places.irqsOff) + 8, 8), { fill: "muted" }, 3),
    ),
    ...lane.held.flatMap((bar) => {
      const name = names.of(bar.lock);
      const box = span(scale, bar, rowY(places.holds + bar.row) + 2, row - 4);
      return [
        rect(box, { fill: name.fill, stroke: name.ink, width: 1.5 }, 4),
        ...barLabel([name.short, name.word], box, { ...barText, tone: name.ink }),
      ];
    }),
    ...lane.waits.flatMap((bar) => {
      const box = span(scale, bar, rowY(places.waits) + 2, row - 4);
      const name = bar.lock === null ? null : names.of(bar.lock);
      const texts = name === null ? [bar.text] : [name.short, name.word];
      const style: TextStyle = { ...barText, bold: true, tone: "red" };
      return [
        rect(box, { fill: "redWash", stroke: "red", width: 1.5, dash: "5 3" }, 4),
        ...inOrBeside(lane.waits, bar, texts, box, scale, style),
      ];
    }),
  ];
}
