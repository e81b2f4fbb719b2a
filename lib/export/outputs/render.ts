/**
 * Outputs as HTML, the same for a stored output and for one that a cell of the live page sends.
 *
 * All text is escaped; what is interactive stands as inert data until the page's script draws it.
 */
import { escapeMarkup, scriptJson } from "../../views/draw/markup.js";
import type { Picture, Shown, ShownFigure } from "./outputs.js";

/** Which form of a figure is shown that is text as well as a picture: a slide has a size, and text has none. */
export type FigureForm = "text" | "picture";

/** Returns the HTML of the outputs of one cell. */
export function renderOutputs(outputs: readonly Shown[], form: FigureForm = "text"): string {
  return outputs.map((output) => renderOutput(output, form)).join("");
}

function renderOutput(output: Shown, form: FigureForm): string {
  switch (output.kind) {
    case "text":
      return output.text === ""
        ? ""
        : `<pre class="lab-text lab-${output.stream}" tabindex="0">${preformatted(output.text)}</pre>`;
    case "error":
      return renderError(output.name, output.value, output.trace);
    case "foreign":
      return renderForeign(output.html);
    case "figure":
      return renderFigure(output, form);
  }
}

/** A parser drops the newline that a `<pre>` begins with: one more keeps the text's own. */
function preformatted(text: string): string {
  return (text.startsWith("\n") ? "\n" : "") + escapeMarkup(text);
}

function renderError(name: string, value: string, trace: string): string {
  const head = escapeMarkup(value === "" ? name : `${name}: ${value}`);
  const rest = trace.startsWith(`${name}: ${value}`)
    ? trace.slice(`${name}: ${value}`.length).replace(/^\n/, "")
    : trace;
  const body = rest.trim() === "" ? "" : `\n${escapeMarkup(rest)}`;
  return `<pre class="lab-text lab-error" tabindex="0"><strong>${head}</strong>${body}</pre>`;
}

const frameRules =
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ` +
  `style-src 'unsafe-inline'; img-src data:">`;

/** HTML that is none of the lab's: no script, no network, no origin, no way out of its frame. */
function renderForeign(html: string): string {
  const page = `<!doctype html><html lang="en"><title>Output</title>${frameRules}<body>${html}`;
  return (
    `<iframe class="lab-foreign" sandbox="" title="Output of the cell" ` +
    `srcdoc="${escapeMarkup(page)}"></iframe>`
  );
}

function renderFigure(figure: ShownFigure, form: FigureForm): string {
  const { picture, html } = figure;
  if (html !== undefined && (form === "text" || picture === undefined)) {
    return `<figure class="lab-figure lab-figure-text">${html}</figure>`;
  }
  const image = picture === undefined ? "" : (picture.drawing ?? imageOf(picture));
  const fallback = image === "" ? `<pre tabindex="0">${preformatted(figure.text)}</pre>` : image;
  const still = `<div class="lab-still">${fallback}</div>`;
  const alt = escapeMarkup(picture?.alt ?? "Figure");
  const further = asDiagram(figure, alt) + asText(figure, image);
  return `<figure class="lab-figure">${interactive(figure, alt)}${still}${further}</figure>`;
}

function imageOf({ src, alt, width }: Picture): string {
  const size = width === undefined ? "" : ` width="${width}"`;
  return `<img src="${escapeMarkup(src)}" alt="${escapeMarkup(alt)}"${size}>`;
}

/** The first form of these that the figure has; the still image shows until it is drawn. */
function interactive(figure: ShownFigure, alt: string): string {
  if (figure.frames !== undefined) {
    return `<div class="lab-player" hidden>${dataBlock(figure.frames)}</div>`;
  }
  if (figure.plotly !== undefined) {
    return `<div class="lab-plotly" role="group" aria-label="${alt}" hidden>${dataBlock(figure.plotly)}</div>`;
  }
  return figure.picture === undefined ? mermaidPlace(figure, alt) : "";
}

function mermaidPlace({ mermaid }: ShownFigure, alt: string): string {
  if (mermaid === undefined) return "";
  return `<div class="lab-mermaid" role="img" aria-label="${alt}" hidden><pre>${escapeMarkup(mermaid)}</pre></div>`;
}

/** The lab's own image says more (which lock is held for how long), so it stands first. */
function asDiagram(figure: ShownFigure, alt: string): string {
  if (figure.picture === undefined || figure.mermaid === undefined) return "";
  return (
    `<details class="lab-as-diagram"><summary>As a Mermaid diagram</summary>` +
    `${mermaidPlace(figure, alt)}</details>`
  );
}

function dataBlock(value: unknown): string {
  return `<script type="application/json">${scriptJson(value)}</script>`;
}

function asText(figure: ShownFigure, image: string): string {
  if (image === "" || figure.text.trim() === "") return "";
  return (
    `<details class="lab-as-text"><summary>As text</summary>` +
    `<pre tabindex="0">${escapeMarkup(figure.text)}</pre></details>`
  );
}
