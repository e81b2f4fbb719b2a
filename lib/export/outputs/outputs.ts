/**
 * Turns what a kernel sent into what a page may show: text, figures made of data, or a locked frame.
 *
 * Runs in the page too, for what a cell sends there. Of an output's markup only what the lab's own
 * figures consist of becomes part of a page; any other HTML is shown in a frame that can run nothing and
 * fetch nothing.
 */
import { unpackFrames } from "../../views/draw/packed-frames.js";
import { textField } from "../json.js";
import { isRecord } from "../../primitives/record.js";
import { base64, fromBase64, unescapeMarkup } from "../../views/draw/markup.js";
import { inlineSvg, inlineText } from "./inline-figure.js";
import type { Bundle, Output } from "./stored-output.js";

/** An image as a data URI. */
export interface Picture {
  readonly src: string;
  readonly alt: string;
  /** The same as an element of a page, where it is a drawing of the lab's. */
  readonly drawing?: string;
  /** In CSS pixels, where the figure says it. */
  readonly width?: number;
}

/** One state of a step player. */
export interface Frame {
  readonly title: string;
  readonly svg: string;
  readonly text: string;
}

/** A figure in the forms that its bundle has. */
export interface ShownFigure {
  readonly kind: "figure";
  readonly picture?: Picture;
  /** Data, layout and config for Plotly. */
  readonly plotly?: Readonly<Record<string, unknown>>;
  readonly mermaid?: string;
  readonly frames?: readonly Frame[];
  /** The figure as text of a page, where it has that form. */
  readonly html?: string;
  readonly text: string;
}

/** One output as a page shows it. */
export type Shown =
  | {
      readonly kind: "text";
      readonly stream: "stdout" | "stderr" | "result";
      readonly text: string;
    }
  | ShownFigure
  | {
      readonly kind: "error";
      readonly name: string;
      readonly value: string;
      readonly trace: string;
    }
  | { readonly kind: "foreign"; readonly html: string; readonly text: string };

/** MIME types of the lab's bundles. */
export const mimeTypes = {
  text: "text/plain",
  html: "text/html",
  plotly: "application/vnd.plotly.v1+json",
  mermaid: "text/vnd.mermaid",
  frames: "application/vnd.lockdep-lab.frames+json",
} as const;

/** Returns the outputs as a page shows them; neighbouring pieces of one stream become one. */
export function showOutputs(outputs: readonly Output[]): Shown[] {
  const shown: Shown[] = [];
  for (const output of outputs) {
    const next = showOutput(output);
    const last = shown.at(-1);
    if (last?.kind === "text" && next.kind === "text" && last.stream === next.stream) {
      shown[shown.length - 1] = { ...last, text: last.text + next.text };
    } else {
      shown.push(next);
    }
  }
  return shown;
}

function showOutput(output: Output): Shown {
  switch (output.kind) {
    case "stream":
      return { kind: "text", stream: output.name, text: output.text };
    case "error": {
      const { name, value, traceback } = output;
      return { kind: "error", name, value, trace: traceback };
    }
    case "display":
      return showBundle(output.bundle);
  }
}

/** Returns what a page shows for one bundle of MIME types. */
export function showBundle(bundle: Bundle): Shown {
  const text = textField(bundle, mimeTypes.text) ?? "";
  const html = textField(bundle, mimeTypes.html);
  const picture = pictureOf(bundle, html);
  const plotly = bundle[mimeTypes.plotly];
  const mermaid = textField(bundle, mimeTypes.mermaid);
  const frames = readFrames(bundle[mimeTypes.frames]);
  const inPage = html === undefined ? undefined : inlineText(html);
  const isPlotly = isRecord(plotly) && Array.isArray(plotly["data"]);
  const forms = [picture, mermaid, frames, inPage];
  if (isPlotly || forms.some((form) => form !== undefined)) {
    return {
      kind: "figure",
      text,
      ...(picture === undefined ? {} : { picture }),
      ...(isPlotly ? { plotly } : {}),
      ...(mermaid === undefined ? {} : { mermaid }),
      ...(frames === undefined ? {} : { frames }),
      ...(inPage === undefined ? {} : { html: inPage }),
    };
  }
  return html === undefined
    ? { kind: "text", stream: "result", text }
    : { kind: "foreign", html, text };
}

const rasterTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"] as const;

function pictureOf(bundle: Bundle, html: string | undefined): Picture | undefined {
  const inHtml = html === undefined ? undefined : imageIn(html);
  if (inHtml !== undefined) return inHtml;
  const alt = (textField(bundle, mimeTypes.text) ?? "").trim() || "Figure";
  const svg = textField(bundle, "image/svg+xml");
  if (svg !== undefined) {
    return { src: `data:image/svg+xml;base64,${base64(svg)}`, alt, ...drawingOf(svg) };
  }
  for (const mime of rasterTypes) {
    const data = textField(bundle, mime)?.replace(/\s/g, "");
    if (data !== undefined && /^[A-Za-z0-9+/]+=*$/.test(data)) {
      return { src: `data:${mime};base64,${data}`, alt };
    }
  }
  return undefined;
}

const leadingImage =
  /^\s*<img\s+src="(data:image\/(?:svg\+xml|png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*)"([^<>]*)>/;

/** Returns the image that a lab figure's HTML begins with. */
function imageIn(html: string): Picture | undefined {
  const [, src, attributes] = leadingImage.exec(html) ?? [];
  if (src === undefined || attributes === undefined) return undefined;
  const alt = unescapeMarkup(/\balt="([^"]*)"/.exec(attributes)?.[1] ?? "") || "Figure";
  const width = Number(/\bwidth="(\d+(?:\.\d+)?)"/.exec(attributes)?.[1]);
  const [, svg] = /^data:image\/svg\+xml;base64,(.*)$/.exec(src) ?? [];
  return {
    src,
    alt,
    ...(Number.isFinite(width) ? { width } : {}),
    ...(svg === undefined ? {} : drawingOf(fromBase64(svg))),
  };
}

function drawingOf(svg: string): { readonly drawing?: string } {
  const drawing = inlineSvg(svg);
  return drawing === undefined ? {} : { drawing };
}

function readFrames(data: unknown): readonly Frame[] | undefined {
  const frames = unpackFrames(data);
  return frames.length === 0 ? undefined : frames;
}
