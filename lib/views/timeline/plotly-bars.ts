/** The bars of the Plotly timeline: a band of rows for each CPU, and a dot for each step. */
import type { Json } from "../draw/figure.js";
import type { Bar, Lane, WaitBar } from "../trace/bars.js";
import type { LockNames } from "../trace/lock-legend.js";
import { midTone, palette, type Tone } from "../draw/palette.js";
import { plain } from "../draw/plotly-theme.js";
import { fitting, type TextStyle } from "../draw/text.js";
import type { Context } from "../trace/followed.js";
import type { Trace } from "../trace/trace.js";
import { besideBar } from "./beside-bar.js";
import { endingsOf } from "./endings.js";

/** One trace, in Plotly's sense. */
export type Chart = Readonly<Record<string, Json>>;

interface PlotBar extends Bar {
  /** Where the bar's middle lies, downwards. */
  readonly y: number;
  /** What may stand in the bar, the longest first. */
  readonly texts: readonly string[];
  readonly hover: string;
}

/** The width of the bars' part of the chart where it is first shown; the text follows from it. */
export const plotWidth = 800;
const barText: TextStyle = { size: 11 };

interface Look {
  readonly name: string;
  readonly fill: Tone;
  readonly ink: Tone;
  /** In rows. */
  readonly height: number;
}

function bars(look: Look, all: readonly PlotBar[], columns: number): readonly Chart[] {
  if (all.length === 0) return [];
  const room = (bar: PlotBar): number => ((bar.to - bar.from) * plotWidth) / columns - 2;
  return [
    {
      type: "bar",
      orientation: "h",
      name: plain(look.name),
      y: all.map((bar) => bar.y),
      base: all.map((bar) => bar.from),
      x: all.map((bar) => bar.to - bar.from),
      width: look.height,
      text: all.map((bar) => plain(fitting(bar.texts, room(bar), barText))),
      textposition: "inside",
      insidetextanchor: "middle",
      textangle: 0,
      customdata: all.map((bar) => plain(bar.hover)),
      hovertemplate: "%{customdata}<extra></extra>",
      marker: {
        color: palette.light[look.fill],
        line: { color: palette.light[look.ink], width: 1.5 },
      },
      textfont: { color: palette.light[look.ink], size: 11 },
      constraintext: "none",
      cliponaxis: true,
    },
  ];
}

const contexts: readonly (readonly [Context, Tone, Tone])[] = [
  ["idle", "panel", "muted"],
  ["task", "blueWash", "blue"],
  ["softirq", "purpleWash", "purple"],
  ["hardirq", "amberWash", "amber"],
];

const during = (bar: Bar): string => `after step ${bar.from} until step ${bar.to}`;

/** One CPU's rows: where they lie and what stands beside them. */
export interface Band {
  readonly lane: Lane;
  readonly top: number;
  readonly rows: readonly string[];
}

/** Rows between the bands of two CPUs. */
const between = 0.6;

/** Returns a band for each CPU, from above. */
export function bandsOf(lanes: readonly Lane[]): readonly Band[] {
  let top = 0;
  return lanes.map((lane) => {
    const holds = Array.from({ length: lane.rows }, (_, i) => (i === 0 ? "holds" : ""));
    const rows = [`<b>CPU ${lane.cpu}</b>  runs`, "IRQs off", ...holds, "waits for"];
    const band = { lane, top, rows };
    top += rows.length + between;
    return band;
  });
}

/** Returns the bars of all bands, over so many columns. */
export function barsOf(
  bands: readonly Band[],
  names: LockNames,
  columns: number,
): readonly Chart[] {
  const each = (make: (band: Band) => readonly PlotBar[]): readonly PlotBar[] =>
    bands.flatMap(make);
  const lockTexts = (lock: string): readonly string[] => {
    const { short, word } = names.of(lock);
    return [short, word];
  };
  const runs = (context: Context): readonly PlotBar[] =>
    each(({ lane, top }) =>
      lane.runs
        .filter((bar) => bar.context === context)
        .map((bar) => ({
          ...bar,
          y: top,
          texts: endingsOf(bar.running),
          hover: `${bar.running} (${context}), ${during(bar)}`,
        })),
    );
  const irqsOff = each(({ lane, top }) =>
    lane.irqsOff.map((bar) => ({
      ...bar,
      y: top + 1,
      texts: [],
      hover: `IRQs off, ${during(bar)}`,
    })),
  );
  const held = (lock: string): readonly PlotBar[] =>
    each(({ lane, top }) =>
      lane.held
        .filter((bar) => bar.lock === lock)
        .map((bar) => ({
          ...bar,
          y: top + 2 + bar.row,
          texts: lockTexts(lock),
          hover: `holds ${names.of(lock).short} (${names.of(lock).class}), ${during(bar)}`,
        })),
    );
  const waitTexts = ({ lock, text }: WaitBar): readonly string[] =>
    lock === null ? [text] : lockTexts(lock);
  const besideOf = (lane: Lane, bar: WaitBar): string =>
    besideBar(lane.waits, bar, waitTexts(bar), plotWidth / columns, barText);
  const beside = bands.flatMap(({ lane, top }) =>
    lane.waits.flatMap((bar) => {
      const text = besideOf(lane, bar);
      return text === "" ? [] : [{ x: bar.from, y: top + 2 + lane.rows, text: plain(text) }];
    }),
  );
  const waits = each(({ lane, top }) =>
    lane.waits.map((bar) => ({
      ...bar,
      y: top + 2 + lane.rows,
      texts: besideOf(lane, bar) === "" ? waitTexts(bar) : [],
      hover: `waits for ${bar.lock === null ? bar.text : names.of(bar.lock).short}, ${during(bar)}`,
    })),
  );
  return [
    ...contexts.flatMap(([context, fill, ink]) =>
      bars({ name: context, fill, ink, height: 0.8 }, runs(context), columns),
    ),
    ...bars({ name: "IRQs off", fill: "muted", ink: "muted", height: 0.3 }, irqsOff, columns),
    ...names
      .all()
      .flatMap(([id, { short, fill, ink }]) =>
        bars({ name: `holds ${short}`, fill, ink, height: 0.8 }, held(id), columns),
      ),
    ...bars({ name: "waits", fill: "redWash", ink: "red", height: 0.8 }, waits, columns),
    ...textsLeftOf(beside),
  ];
}

/** Texts beside bars that are too short for them, each ending at its place. */
function textsLeftOf(
  all: readonly { readonly x: number; readonly y: number; readonly text: string }[],
): readonly Chart[] {
  if (all.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "text",
      name: "waits for",
      x: all.map(({ x }) => x),
      y: all.map(({ y }) => y),
      text: all.map(({ text }) => `${text} `),
      textposition: "middle left",
      textfont: { color: midTone("red"), size: 11 },
      hoverinfo: "skip",
      cliponaxis: false,
    },
  ];
}

/** Returns a dot for each step, on the upper edge of its CPU's band, where it hides no text. */
export function stepMarks(trace: Trace, bands: readonly Band[]): Chart {
  const marks = trace.steps.flatMap((step, i) => {
    const band = step.cpu === null ? undefined : bands[step.cpu];
    const text = plain(`step ${i + 1}, ${step.by}: ${step.label}`);
    return band === undefined
      ? []
      : [{ x: i + 1, y: band.top - 0.5, text, failed: step.violations.length > 0 }];
  });
  return {
    type: "scatter",
    mode: "markers",
    name: "steps",
    x: marks.map((mark) => mark.x),
    y: marks.map((mark) => mark.y),
    customdata: marks.map((mark) => mark.text),
    hovertemplate: "%{customdata}<extra></extra>",
    cliponaxis: false,
    marker: { size: 7, color: marks.map((mark) => palette.light[mark.failed ? "red" : "sky"]) },
  };
}
