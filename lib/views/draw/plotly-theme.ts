/** What every Plotly chart of the lab shares: a look that is legible on light and dark pages alike. */
import type { Json, PlotlySpec } from "./figure.js";
import { eitherScheme } from "./palette.js";

/** Plotly reads a few tags in its texts: this takes their meaning away. */
export function plain(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Lines between marks; they lie under everything. */
const rules = { gridcolor: eitherScheme.line, zeroline: false, linecolor: eitherScheme.line };

/** Returns an axis with these further settings. */
export function axis(settings: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return { ...rules, ...settings };
}

/** A chart cannot see the theme of its page, so it has no ground of its own, and grey letters. */
export const ground: PlotlySpec["layout"] = {
  paper_bgcolor: "rgba(0,0,0,0)",
  plot_bgcolor: "rgba(0,0,0,0)",
  font: {
    family: "system-ui,-apple-system,Segoe UI,Roboto,DejaVu Sans,sans-serif",
    size: 12,
    color: eitherScheme.ink,
  },
  modebar: {
    bgcolor: "rgba(0,0,0,0)",
    color: eitherScheme.line,
    activecolor: eitherScheme.ink,
    orientation: "h",
  },
  showlegend: false,
};

/** Returns a heading in the corner where those of the still images stand. */
export function heading(lines: readonly string[]): Readonly<Record<string, Json>> {
  return {
    text: `<b>${lines.map(plain).join("<br>")}</b>`,
    font: { size: 15 },
    x: 0.01,
    xanchor: "left",
    xref: "container",
    y: 1,
    yanchor: "top",
    yref: "container",
    // Plotly keeps the middle of several lines where that of one would be.
    pad: { t: 10 * lines.length },
  };
}
