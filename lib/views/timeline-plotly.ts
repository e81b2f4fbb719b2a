/** The timeline as Plotly bars: each can be pointed at, and the steps can be zoomed into. */
import type { Json, PlotlySpec } from "./figure.js";
import { lanesOf, type Bar, type Lane } from "./lanes.js";
import type { LockNames } from "./lock-names.js";
import { palette, type Tone } from "./palette.js";
import { wrap } from "./text.js";
import type { Context, Trace } from "./trace.js";

interface PlotBar extends Bar {
  readonly row: string;
  readonly text: string;
  readonly hover: string;
}

/** Plotly reads a few tags in its texts. */
function plain(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function bars(
  name: string,
  fill: Tone,
  ink: Tone,
  all: readonly PlotBar[],
): readonly Readonly<Record<string, Json>>[] {
  if (all.length === 0) return [];
  return [
    {
      type: "bar",
      orientation: "h",
      name,
      y: all.map((bar) => bar.row),
      base: all.map((bar) => bar.from),
      x: all.map((bar) => bar.to - bar.from),
      text: all.map((bar) => plain(bar.text)),
      textposition: "inside",
      insidetextanchor: "middle",
      textangle: 0,
      customdata: all.map((bar) => plain(bar.hover)),
      hovertemplate: "%{customdata}<extra></extra>",
      marker: { color: palette.light[fill], line: { color: palette.light[ink], width: 1.5 } },
      textfont: { color: palette.light[ink] },
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

function rowsOf(lane: Lane): readonly string[] {
  const cpu = `CPU ${lane.cpu}`;
  const holds = Array.from(
    { length: lane.rows },
    (_, i) => `${cpu} holds${i === 0 ? "" : ` (${i + 1})`}`,
  );
  return [`${cpu} runs`, `${cpu} IRQs off`, ...holds, `${cpu} waits for`];
}

/** Returns the interactive form of the timeline. */
export function timelinePlotly(trace: Trace, names: LockNames): PlotlySpec {
  const lanes = lanesOf(trace);
  const rows = lanes.flatMap(rowsOf);
  const rowOf = (lane: Lane, i: number): string => rowsOf(lane)[i] ?? "";
  const each = (make: (lane: Lane) => readonly PlotBar[]): readonly PlotBar[] =>
    lanes.flatMap(make);
  const runs = (context: Context): readonly PlotBar[] =>
    each((lane) =>
      lane.runs
        .filter((bar) => bar.context === context)
        .map((bar) => ({
          ...bar,
          row: rowOf(lane, 0),
          text: bar.running,
          hover: `${bar.running} (${context}), ${during(bar)}`,
        })),
    );
  const data = [
    ...contexts.flatMap(([context, fill, ink]) => bars(context, fill, ink, runs(context))),
    ...bars(
      "IRQs off",
      "muted",
      "muted",
      each((lane) =>
        lane.irqsOff.map((bar) => ({
          ...bar,
          row: rowOf(lane, 1),
          text: "",
          hover: `IRQs off, ${during(bar)}`,
        })),
      ),
    ),
    ...names.all().flatMap(([id, name]) =>
      bars(
        `holds ${plain(name.full)}`,
        name.fill,
        name.ink,
        each((lane) =>
          lane.held
            .filter((bar) => bar.lock === id)
            .map((bar) => ({
              ...bar,
              row: rowOf(lane, 2 + bar.row),
              text: name.full,
              hover: `holds ${name.full}, ${during(bar)}`,
            })),
        ),
      ),
    ),
    ...bars(
      "waits",
      "redWash",
      "red",
      each((lane) =>
        lane.waits.map((bar) => {
          const text = bar.lock === null ? bar.text : names.of(bar.lock).full;
          return {
            ...bar,
            row: rowOf(lane, 2 + lane.rows),
            text,
            hover: `waits for ${text}, ${during(bar)}`,
          };
        }),
      ),
    ),
    stepMarks(trace, lanes),
  ];
  const titleLines = wrap(trace.title, 560, { size: 15 }).map(plain);
  const tick = Math.max(1, Math.ceil(trace.steps.length / 25));
  return {
    data,
    layout: {
      title: { text: titleLines.join("<br>"), font: { size: 15 } },
      barmode: "overlay",
      bargap: 0.15,
      showlegend: false,
      height: 120 + 30 * rows.length,
      margin: { l: 110, r: 20, t: 32 + 20 * titleLines.length, b: 50 },
      xaxis: {
        title: { text: "steps" },
        tick0: 0,
        dtick: tick,
        range: [0, trace.steps.length + 1],
        zeroline: false,
      },
      yaxis: {
        categoryorder: "array",
        categoryarray: [...rows].reverse(),
        range: [-0.5, rows.length - 0.5],
        fixedrange: true,
        automargin: true,
      },
      dragmode: "pan",
    },
    config: { displaylogo: false, responsive: true, scrollZoom: true },
  };
}

function stepMarks(trace: Trace, lanes: readonly Lane[]): Readonly<Record<string, Json>> {
  const marks = trace.steps.flatMap((step, i) => {
    const lane = step.cpu === null ? undefined : lanes[step.cpu];
    const text = `step ${i + 1}, ${step.by}: ${step.label}`;
    return lane === undefined ? [] : [{ x: i + 1, row: `CPU ${lane.cpu} runs`, text: plain(text) }];
  });
  return {
    type: "scatter",
    mode: "markers",
    name: "steps",
    x: marks.map((mark) => mark.x),
    y: marks.map((mark) => mark.row),
    customdata: marks.map((mark) => mark.text),
    hovertemplate: "%{customdata}<extra></extra>",
    marker: { size: 7, color: palette.light.ink },
  };
}
