/** The steps of a timeline: their numbers and labels above the lanes, a dot on the lane of each, and the devices' own lane. */
import type { Drawing } from "../draw/card.js";
import { circle, element, line, rect, type SvgNode } from "../draw/svg.js";
import { label, shorten, textWidth, type TextStyle } from "../draw/text.js";
import type { Trace } from "../trace/trace.js";
import { type Scale, left } from "./scale.js";

const labelStyle: TextStyle = { size: 11 };
/** The slope of the steps' labels, in degrees. */
const slope = 28;
/** Up to so many steps carry their labels; more are told in the list alone. */
const mostLabels = 16;

const labelOf = (text: string): string => shorten(text, 190, labelStyle);
/** Returns whether the steps of a trace carry their labels. */
export const carriesLabels = (trace: Trace): boolean => trace.steps.length <= mostLabels;

/** The room above the lanes: for numbers alone, or for labels too. */
export function headHeight(trace: Trace): number {
  if (!carriesLabels(trace)) return 22;
  const longest = Math.max(0, ...trace.steps.map((s) => textWidth(labelOf(s.label), labelStyle)));
  return 30 + longest * Math.sin((slope * Math.PI) / 180);
}

/** What each label needs to the right of its step, in pixels; nothing where there are none. */
const reaches = (trace: Trace): readonly number[] =>
  carriesLabels(trace)
    ? trace.steps.map(
        ({ label: text }) =>
          textWidth(labelOf(text), labelStyle) * Math.cos((slope * Math.PI) / 180),
      )
    : [];

/** Returns how far the labels reach, in pixels from the left. */
export const labelReach = (trace: Trace, { column }: Scale): number =>
  Math.max(0, ...reaches(trace).map((reach, i) => left + (i + 1) * column + reach));

/** Returns the widest column with which no label reaches further than that, in pixels from the left. */
export const columnForLabels = (trace: Trace, most: number): number =>
  Math.min(...reaches(trace).map((reach, i) => (most - left - reach) / (i + 1)), Infinity);

/** Returns a dot for each step, on the lane of the process that took it, with its number and its label on top. */
export function drawSteps(
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
export function drawDevices(trace: Trace, scale: Scale, top: number): Drawing {
  if (trace.steps.every(({ cpu }) => cpu !== null)) return { width: 0, height: 0, nodes: [] };
  const ground = { x: 0, y: top, width: left + scale.columns * scale.column, height: 28 };
  return {
    width: ground.width,
    height: 36,
    nodes: [rect(ground, { fill: "panel" }, 6), label("devices", 8, top + 18, { bold: true })],
  };
}
