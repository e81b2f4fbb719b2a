/**
 * A small SVG writer: nodes are data, and the one place that makes them text escapes everything.
 */
import { escapeMarkup } from "./markup.js";
import { styleSheet, type Tone } from "./palette.js";

/** An element, or text. */
export type SvgNode = SvgElement | string;

/** One element with its attributes and children. */
export interface SvgElement {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly SvgNode[];
}

/** Attribute values; numbers are rounded to hundredths, undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A colour by meaning for the inside and the outline; no value means none. */
export interface Paint {
  readonly fill?: Tone;
  readonly stroke?: Tone;
  /** Stroke width in pixels, 1 unless told. */
  readonly width?: number;
  /** `stroke-dasharray`. */
  readonly dash?: string;
  /** From 0 to 1. */
  readonly opacity?: number;
}

/** A point in pixels from the upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle in pixels. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Returns an element. */
export function element(
  tag: string,
  attributes: Attributes,
  children: readonly SvgNode[] = [],
): SvgElement {
  return { tag, attributes, children };
}

function painted(paint: Paint): Attributes {
  const classes = [
    ...(paint.fill === undefined ? [] : [`f-${paint.fill}`]),
    ...(paint.stroke === undefined ? [] : [`s-${paint.stroke}`]),
  ];
  return {
    class: classes.length === 0 ? undefined : classes.join(" "),
    fill: paint.fill === undefined ? "none" : undefined,
    "stroke-width": paint.stroke === undefined ? undefined : paint.width,
    "stroke-dasharray": paint.dash,
    opacity: paint.opacity,
  };
}

/** Returns a rectangle with corners rounded by `radius` pixels. */
export function rect(box: Box, paint: Paint, radius = 0): SvgElement {
  const rx = radius === 0 ? undefined : radius;
  return element("rect", {
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    rx,
    ...painted(paint),
  });
}

/** Returns a straight line. */
export function line(from: Point, to: Point, paint: Paint): SvgElement {
  return element("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, ...painted(paint) });
}

/** Returns a path from its `d` data. */
export function path(d: string, paint: Paint): SvgElement {
  return element("path", { d, ...painted(paint) });
}

/** Returns a circle. */
export function circle(at: Point, radius: number, paint: Paint): SvgElement {
  return element("circle", { cx: at.x, cy: at.y, r: radius, ...painted(paint) });
}

/** Returns a closed shape through the points. */
export function polygon(points: readonly Point[], paint: Paint): SvgElement {
  return element("polygon", {
    points: points.map((p) => `${number(p.x)},${number(p.y)}`).join(" "),
    ...painted(paint),
  });
}

/** Returns children under one element, moved by a vector if given. */
export function group(children: readonly SvgNode[], by?: Point): SvgElement {
  const transform = by === undefined ? undefined : `translate(${number(by.x)},${number(by.y)})`;
  return element("g", { transform }, children);
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function write(node: SvgNode): string {
  if (typeof node === "string") return escapeMarkup(node);
  const attributes = Object.entries(node.attributes)
    .flatMap(([name, value]) =>
      value === undefined
        ? []
        : [` ${name}="${typeof value === "number" ? number(value) : escapeMarkup(value)}"`],
    )
    .join("");
  const inside = node.children.map(write).join("");
  return inside === ""
    ? `<${node.tag}${attributes}/>`
    : `<${node.tag}${attributes}>${inside}</${node.tag}>`;
}

/**
 * Returns the whole image: a card of the size given, with title, style and no XML declaration.
 *
 * @param size width and height in pixels.
 * @param title what a reader without the picture hears; the figure's alt text.
 */
export function svgDocument(
  size: { readonly width: number; readonly height: number },
  title: string,
  children: readonly SvgNode[],
): string {
  const [width, height] = [Math.ceil(size.width), Math.ceil(size.height)];
  const box = { x: 0.5, y: 0.5, width: width - 1, height: height - 1 };
  const shown = [rect(box, { fill: "card", stroke: "line" }, 8), ...children];
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    class: "lab-figure",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
  };
  const style = textRules + styleSheet(new Set(shown.flatMap(classesOf)));
  return write(
    element("svg", root, [element("title", {}, [title]), element("style", {}, [style]), ...shown]),
  );
}

function classesOf(node: SvgNode): readonly string[] {
  if (typeof node === "string") return [];
  const own = node.attributes["class"];
  return [...(typeof own === "string" ? own.split(" ") : []), ...node.children.flatMap(classesOf)];
}

const textRules =
  ".lab-figure text{font:13px system-ui,-apple-system,Segoe UI,Roboto,DejaVu Sans,sans-serif}" +
  ".lab-figure .mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace}" +
  ".lab-figure .bold{font-weight:600}" +
  ".lab-figure .halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}";
