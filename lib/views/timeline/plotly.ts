/** The timeline as a Plotly chart: each bar can be pointed at, and the steps can be zoomed into. */
import { counted } from "../../primitives/counted.js";
import type { Json, PlotlySpec } from "../draw/figure.js";
import { lanesOf } from "../trace/bars.js";
import type { LockNames } from "../trace/lock-legend.js";
import { axis, ground, heading, plain } from "../draw/plotly-theme.js";
import { wrap } from "../draw/text.js";
import { bandsOf, barsOf, plotWidth, stepMarks, type Band } from "./plotly-bars.js";
import type { Trace } from "../trace/trace.js";

/** Returns a shape behind each CPU's rows. */
function grounds(bands: readonly Band[]): readonly Json[] {
  return bands.map(({ top, rows }) => ({
    type: "rect",
    xref: "paper",
    yref: "y",
    x0: 0,
    x1: 1,
    y0: top - 0.5,
    y1: top + rows.length - 0.5,
    fillcolor: "rgba(128,140,156,0.13)",
    line: { width: 0 },
    layer: "below",
  }));
}

const rowHeight = 26;
const noteHeight = 17;

/** The text below also fits where a file browser leaves less room than the plot would like. */
const noteWidth = 540;

/**
 * Returns the interactive form of the timeline.
 *
 * @param note what it ends in; it stands below, with the legend of the locks
 */
export function timelinePlotly(trace: Trace, names: LockNames, note: string): PlotlySpec {
  const bands = bandsOf(lanesOf(trace));
  const columns = trace.steps.length + 1;
  const last = bands.at(-1);
  const bottom = (last?.top ?? 0) + (last?.rows.length ?? 0) - 0.5;
  const title = wrap(`${trace.title}: ${counted(trace.steps.length, "step")}`, plotWidth, {
    size: 15,
    bold: true,
  });
  const below = [...names.legend(), note].flatMap((text) => wrap(text, noteWidth, { size: 12 }));
  const margin = { l: 110, r: 20, t: 30 + 20 * title.length, b: 52 + noteHeight * below.length };
  const ticks = bands.flatMap(({ top, rows }) => rows.map((text, i) => ({ at: top + i, text })));
  return {
    data: [...barsOf(bands, names, columns), stepMarks(trace, bands)],
    layout: {
      ...ground,
      title: heading(title),
      barmode: "overlay",
      height: Math.round(margin.t + margin.b + rowHeight * (bottom + 1)),
      margin,
      shapes: grounds(bands),
      annotations: [
        {
          text: below.map(plain).join("<br>"),
          showarrow: false,
          align: "left",
          xref: "paper",
          yref: "paper",
          x: 0,
          y: 0,
          xanchor: "left",
          yanchor: "top",
          yshift: -42,
        },
      ],
      xaxis: axis({
        title: { text: "steps", standoff: 4 },
        tick0: 0,
        dtick: Math.max(1, Math.ceil(columns / 25)),
        range: [0, columns],
      }),
      yaxis: axis({
        tickvals: ticks.map(({ at }) => at),
        ticktext: ticks.map(({ text }) => text),
        range: [bottom, -0.7],
        fixedrange: true,
        showgrid: false,
      }),
      dragmode: "zoom",
    },
    // The wheel is for the page: dragging zooms, a double click shows all again.
    config: { displaylogo: false, responsive: true, scrollZoom: false },
  };
}
