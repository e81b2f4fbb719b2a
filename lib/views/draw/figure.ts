/**
 * A figure as data: one picture that shows everywhere, its interactive forms, and its plain text.
 *
 * Every view of this folder is a function from a result to a `Figure`; nothing here displays it.
 */
import { inlineScript } from "./inline-script.js";
import { base64, escapeMarkup } from "./markup.js";
import { type Frame, packFrames, type PackedFrames } from "./packed-frames.js";

/** What JSON can say: the interactive forms travel as data, never as code. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A Plotly figure as its JSON schema has it: https://plotly.com/javascript/reference/ */
export interface PlotlySpec {
  readonly data: readonly Readonly<Record<string, Json>>[];
  readonly layout: Readonly<Record<string, Json>>;
  readonly config: Readonly<Record<string, Json>>;
}

/** One figure in all its forms; the same input gives the same bytes. */
export interface Figure {
  /** What kind of figure it is, fit for a file name: `lock-graph`. */
  readonly name: string;
  /** What the figure shows, for a reader who cannot see it; never empty. */
  readonly alt: string;
  /** The same facts as plain text, for a terminal. */
  readonly text: string;
  /** The static image: an SVG without XML declaration that brings its own background. */
  readonly svg: string;
  /** The zoomable form, where Plotly runs. */
  readonly plotly?: PlotlySpec;
  /** The diagram's source, where Mermaid runs. */
  readonly mermaid?: string;
  /** The pictures of a step player in order, for a page that brings its own player. */
  readonly frames?: readonly Frame[];
  /**
   * An HTML fragment with its own style and script, to stand right after the image; when its
   * script runs it hides the image, and where scripts are forbidden the image stays. By default
   * a script that puts the image's SVG into the page.
   */
  readonly html?: string;
  /** HTML without a script that says it all, in place of the image: text that folds and reflows. */
  readonly textHtml?: string;
}

/** What a notebook front end is sent: the richest form it knows wins. */
export interface MimeBundle {
  readonly "text/plain": string;
  readonly "text/html": string;
  /** The image, where the HTML is text. */
  readonly "image/svg+xml"?: string;
  readonly "application/vnd.plotly.v1+json"?: PlotlySpec;
  readonly "text/vnd.mermaid"?: string;
  readonly "application/vnd.lockdep-lab.frames+json"?: PackedFrames;
}

/**
 * Returns the figure's forms under their MIME types, as plain data.
 *
 * @example
 * mimeBundle(usageBits("{-.-.}"))["text/html"].startsWith("<img src=\"data:image/svg+xml;base64,")
 */
export function mimeBundle(figure: Figure): MimeBundle {
  return {
    "text/plain": figure.text,
    ...(figure.textHtml === undefined
      ? { "text/html": imageTag(figure) + (figure.html ?? inlineScript()) }
      : { "text/html": figure.textHtml, "image/svg+xml": figure.svg }),
    ...(figure.plotly === undefined ? {} : { "application/vnd.plotly.v1+json": figure.plotly }),
    ...(figure.mermaid === undefined ? {} : { "text/vnd.mermaid": figure.mermaid }),
    ...(figure.frames === undefined
      ? {}
      : { "application/vnd.lockdep-lab.frames+json": packFrames(figure.frames) }),
  };
}

/** Returns an `<img>` that carries the figure's static image and its alt text. */
export function imageTag(figure: Figure): string {
  const width = /<svg [^>]*?width="([\d.]+)"/.exec(figure.svg)?.[1];
  const size = width === undefined ? "" : ` width="${width}"`;
  const source = `data:image/svg+xml;base64,${base64(figure.svg)}`;
  return `<img src="${source}" alt="${escapeMarkup(figure.alt)}"${size} style="max-width:100%;height:auto">`;
}
