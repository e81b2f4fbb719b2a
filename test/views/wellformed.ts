import { expect } from "vitest";
import type { Figure } from "../../lib/views/draw/figure.js";

const entity = /&(?:amp|lt|gt|quot|#39);/g;
const name = "[A-Za-z][\\w:-]*";
const attribute = new RegExp(`\\s(${name})="([^"<]*)"`, "g");

/** Returns the visible text of an SVG; fails on anything that is not well-formed XML. */
export function visibleText(svg: string): string {
  const open: string[] = [];
  const text: string[] = [];
  const token = new RegExp(`<(/?)(${name})((?:\\s${name}="[^"<]*")*)(/?)>|([^<]+)`, "gy");
  while (token.lastIndex < svg.length) {
    const at = token.lastIndex;
    const found = token.exec(svg);
    if (found === null) throw new Error(`malformed at ${at}: ${svg.slice(at, at + 80)}`);
    const [, closing, tag = "", attributes = "", empty, between] = found;
    if (between !== undefined) {
      noStrayAmpersand(between);
      if (open.at(-1) === "text") text.push(unescape(between));
      continue;
    }
    const seen = [...attributes.matchAll(attribute)].map((m) => m[1]);
    expect(new Set(seen).size, `an attribute twice in <${tag}${attributes}>`).toBe(seen.length);
    noStrayAmpersand(attributes);
    if (closing === "/") expect(open.pop()).toBe(tag);
    else if (empty !== "/") open.push(tag);
  }
  expect(open).toEqual([]);
  return text.join("\n");
}

function noStrayAmpersand(text: string): void {
  expect(text.replaceAll(entity, "")).not.toContain("&");
}

function unescape(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

/** What every figure owes its readers, whatever it shows. */
export function expectSoundFigure(make: () => Figure): void {
  const figure = make();
  expect(make()).toEqual(figure);
  expect(figure.alt.trim().length).toBeGreaterThan(20);
  expect(figure.text.trim()).not.toBe("");
  expect(figure.svg.startsWith("<svg ")).toBe(true);
  expect(visibleText(figure.svg).trim()).not.toBe("");
  const sizes = [...figure.svg.matchAll(/font-size:([\d.]+)px/g)].map((m) => Number(m[1]));
  expect(sizes.filter((size) => size < 11)).toEqual([]);
  expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
  expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
}
