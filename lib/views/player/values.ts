/** The variables of the machine in the step player, those that just changed marked. */
import type { Drawing } from "../draw/card.js";
import { label, shorten, textWidth, type TextStyle } from "../draw/text.js";
import type { Trace, TraceState } from "../trace/trace.js";

/** Returns the variables that ever change in the trace: the others say nothing about its steps. */
export function movingValues(trace: Trace): ReadonlySet<string> {
  const first = new Map(trace.start.values);
  return new Set(
    trace.steps.flatMap((step) =>
      step.after.values.flatMap(([name, value]) => (first.get(name) === value ? [] : [name])),
    ),
  );
}

/**
 * Returns those of the trace's variables whose path begins as one of some beginnings: `pi_desc.on` is that of every vCPU.
 *
 * @throws Error naming the variables, for a beginning that none has
 */
export function valuesNamed(trace: Trace, beginnings: readonly string[]): ReadonlySet<string> {
  const all = trace.start.values.map(([name]) => name);
  for (const beginning of beginnings) {
    if (all.some((name) => name.startsWith(beginning))) continue;
    const moving = [...movingValues(trace)].join(", ");
    throw new Error(
      `no variable begins with "${beginning}"; those that change: ${moving || "none"}`,
    );
  }
  return new Set(all.filter((name) => beginnings.some((beginning) => name.startsWith(beginning))));
}

const mostValues = 30;
const still: TextStyle = { size: 11, mono: true, tone: "muted" };
const changed: TextStyle = { ...still, bold: true, tone: "blue" };

/** A name this wide leaves no room for a second column; a value has at most some seven letters. */
const isLong = (name: string, width: number): boolean =>
  textWidth(`${name} = swapper0`, still) > width / 2;

/** Returns the values in so many pixels, two in a row where their names are short, in places that only the names decide. */
export function valuesDrawing(
  state: TraceState,
  before: TraceState,
  moving: ReadonlySet<string>,
  width: number,
): Drawing {
  const old = new Map(before.values);
  const all = state.values.filter(([name]) => moving.has(name));
  const shown = all.slice(0, mostValues);
  const [short, long] = [
    shown.filter(([name]) => !isLong(name, width)),
    shown.filter(([name]) => isLong(name, width)),
  ];
  const shortRows = Math.ceil(short.length / 2);
  const rowY = (row: number): number => 12 + 16 * row;
  const value = ([name, now]: readonly [string, string], x: number, row: number, room: number) => {
    const style = old.get(name) === now ? still : changed;
    const text = `${style === changed ? "▸" : ""}${name} = ${now}`;
    return label(shorten(text, room - 8, style), x, rowY(row), style);
  };
  const half = width / 2;
  const rows = shortRows + long.length;
  const more = all.length - shown.length;
  return {
    width,
    height: 16 * (rows + (more > 0 ? 1 : 0)) + 4,
    nodes: [
      ...short.map((one, i) => value(one, (i % 2) * half, Math.floor(i / 2), half)),
      ...long.map((one, i) => value(one, 0, shortRows + i, width)),
      ...(more > 0
        ? [label(`… and ${more} more`, 0, rowY(rows), { size: 11, tone: "muted" })]
        : []),
    ],
  };
}
