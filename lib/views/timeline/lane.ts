/** The lane of a CPU in a timeline. */
import { label, fitting, type TextStyle } from "../draw/text.js";
import { rect, type Box, type SvgNode } from "../draw/svg.js";
import type { Tone } from "../draw/palette.js";
import type { Lane } from "../trace/bars.js";
import type { Context } from "../trace/followed.js";
import type { LockNames } from "../trace/lock-legend.js";
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

/** A row for what is pending only where something is. */
const pendingRows = (lane: Lane): number => (lane.pending.length > 0 ? 1 : 0);
/** Returns the height of a lane, in pixels. */
export const laneHeight = (lane: Lane): number => row * (3 + lane.rows + pendingRows(lane)) + 8;

/** Draws the lane of a CPU: what it runs, IRQs off, held locks, waits, what is pending. */
export function drawLane(
  lane: Lane,
  names: LockNames,
  scale: Scale,
  top: number,
): readonly SvgNode[] {
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
