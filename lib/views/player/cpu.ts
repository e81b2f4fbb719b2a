/** One CPU in the step player: who runs, the IRQ flag, what it holds and what it waits for. */
import type { Drawing } from "../draw/card.js";
import type { LockNames } from "../trace/lock-legend.js";
import type { Tone } from "../draw/palette.js";
import { group, rect, type SvgNode } from "../draw/svg.js";
import { label, shorten, textWidth, type TextStyle } from "../draw/text.js";
import type { CpuView } from "../trace/trace.js";

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

const contextText = ({ context }: CpuView): string => (context === "idle" ? "" : ` (${context})`);

const runningText = ({ context, running }: CpuView): string =>
  context === "idle" ? "idle" : running;

const nameStyle: TextStyle = { bold: true, size: 12 };
/** Where the name of who runs begins. */
const nameAt = 70;
/** The room that its context needs beside it. */
const contextWidth = 64;

/**
 * Returns the panel of a CPU.
 *
 * @param rows how many rows of locks it keeps room for, so that nothing jumps from step to step
 * @param width in pixels
 */
export function cpuPanel(
  view: CpuView,
  cpu: number,
  rows: number,
  names: LockNames,
  width: number,
): Drawing {
  const height = 36 + 24 * rows;
  const chips = [
    ...view.held.map(({ id }) => {
      const { short, fill, ink } = names.of(id);
      return { text: `holds ${short}`, fill, ink, dash: undefined };
    }),
    ...(view.waits === null
      ? []
      : [
          {
            text: `waits for ${view.waits.lock === null ? view.waits.text : names.of(view.waits.lock).short}`,
            fill: "redWash" as const,
            ink: "red" as const,
            dash: "5 3",
          },
        ]),
  ];
  const running = shorten(runningText(view), width - nameAt - contextWidth, nameStyle);
  const tone = view.context === "hardirq" ? "amber" : view.context === "softirq" ? "purple" : "ink";
  return {
    width,
    height,
    nodes: [
      rect({ x: 0, y: 0, width, height }, { fill: "panel", stroke: "line" }, 7),
      label(`CPU ${cpu}`, 12, 22, { bold: true }),
      label(running, nameAt, 22, { ...nameStyle, tone }),
      label(contextText(view).trim(), nameAt + textWidth(running, nameStyle) + 4, 22, {
        ...small,
        tone,
      }),
      view.irqsOn
        ? label("IRQs on", width - 12, 48, { ...small, tone: "green", anchor: "end" })
        : label("IRQs off ■", width - 12, 48, {
            ...small,
            bold: true,
            tone: "amber",
            anchor: "end",
          }),
      ...chips.map((c, i) =>
        chip(
          shorten(c.text, width - (i === 0 ? 124 : 44), small),
          12,
          34 + 24 * i,
          c.fill,
          c.ink,
          c.dash,
        ),
      ),
    ],
  };
}

/** Returns the same in a line of text. */
export function cpuText(view: CpuView, cpu: number, names: LockNames): string {
  const held = view.held.map(({ id }) => names.of(id).short).join(", ");
  const { waits } = view;
  return [
    `CPU ${cpu}: ${runningText(view)}${contextText(view)}, IRQs ${view.irqsOn ? "on" : "off"}`,
    ...(view.at === null ? [] : [`at ${view.at.file}:${String(view.at.line)}`]),
    ...(held === "" ? [] : [`holds ${held}`]),
    ...(waits === null
      ? []
      : [`waits for ${waits.lock === null ? waits.text : names.of(waits.lock).short}`]),
  ].join(", ");
}
