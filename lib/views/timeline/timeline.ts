/**
 * The swimlane timeline of a schedule: a lane a CPU, with context, IRQ flag, held locks and waits.
 */
import type { Figure } from "../draw/figure.js";
import { framed, pageWidth, type Drawing } from "../draw/card.js";
import { group } from "../draw/svg.js";
import { labelLines, wrap } from "../draw/text.js";
import { counted } from "../../primitives/counted.js";
import { lanesOf } from "../trace/bars.js";
import { LockNames } from "../trace/lock-legend.js";
import type { Trace } from "../trace/trace.js";
import { ending } from "./ending.js";
import { drawLane, laneHeight, rowsOf } from "./lane.js";
import { timelinePlotly } from "./plotly.js";
import { left } from "./scale.js";
import { drawList, listStyle, stepText } from "./step-list.js";
import {
  carriesLabels,
  columnForLabels,
  drawDevices,
  drawSteps,
  headHeight,
  labelReach,
} from "./steps.js";

/** The narrowest column: a longer schedule makes a wider picture. */
const leastColumn = 15;

function draw(trace: Trace, names: LockNames): Drawing {
  const lanes = lanesOf(trace);
  const rows = rowsOf(lanes);
  const columns = trace.steps.length + 1;
  const room = Math.min((pageWidth - left) / columns, columnForLabels(trace, pageWidth));
  const column = Math.min(150, Math.max(leastColumn, room));
  const scale = { column, columns };
  const tops: number[] = [];
  let y = headHeight(trace);
  const devices = y;
  const deviceLane = drawDevices(trace, scale, devices);
  y += deviceLane.height;
  for (const lane of lanes) {
    tops.push(y);
    y += laneHeight(lane, rows) + 8;
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
      ...lanes.flatMap((lane, i) => drawLane(lane, names, scale, tops[i] ?? 0, rows)),
      ...drawSteps(trace, tops, devices, scale, y - 8),
      ...labelLines(legend, 0, legendTop + 12, { ...listStyle, mono: true }, 16),
      group(list.nodes, { x: 0, y: listTop }),
    ],
  };
}

/**
 * Returns the timeline of a schedule; up to 16 steps carry their labels, and a longer one has a form that can be zoomed.
 *
 * @param trace a schedule replayed.
 */
export function timeline(trace: Trace): Figure {
  const names = new LockNames(trace);
  const end = ending(trace, names);
  const count = `${counted(trace.steps.length, "step")} on ${counted(trace.start.cpus.length, "CPU", "CPUs")}`;
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
