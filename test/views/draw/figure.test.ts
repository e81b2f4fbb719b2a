import { describe, expect, it } from "vitest";
import { mimeBundle, type Figure } from "../../../lib/views/draw/figure.js";
import { escapeMarkup } from "../../../lib/views/draw/markup.js";
import { inScheme, palette, type Tone } from "../../../lib/views/draw/palette.js";
import { framed } from "../../../lib/views/draw/card.js";
import { packFrames, unpackFrames } from "../../../lib/views/draw/packed-frames.js";
import { label, shorten, textWidth, wrap } from "../../../lib/views/draw/text.js";
import { visibleText } from "../wellformed.js";

const hostile = `"><script>alert(1)</script>&'\u0000\ud800`;
const svg = framed(
  { width: 300, height: 40, nodes: [label(hostile, 0, 20, { tone: "red" })] },
  { heading: hostile, alt: hostile, notes: [hostile] },
);
const figure: Figure = { name: "trial", alt: hostile, text: "plain", svg };

function decoded(html: string): string {
  const data = /base64,([\w+/=]+)/.exec(html)?.[1] ?? "";
  return new TextDecoder().decode(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)));
}

describe("a figure's bundle", () => {
  it("carries the very image, whatever characters are in it", () => {
    const wide = { ...figure, svg: svg.replace("trial", "") + "é€😀".repeat(3000) };
    expect(decoded(mimeBundle(wide)["text/html"])).toBe(wide.svg);
  });

  it("lets no text out of its attribute", () => {
    const html = mimeBundle(figure)["text/html"];
    expect(html.replace(/<script>.*<\/script>$/s, "").match(/</g)).toHaveLength(1);
    expect(html).toContain("&quot;&gt;&lt;script&gt;");
  });

  it("has only the forms that the figure has", () => {
    expect(Object.keys(mimeBundle(figure))).toEqual(["text/plain", "text/html"]);
    const rich = {
      ...figure,
      mermaid: "flowchart",
      plotly: { data: [], layout: {}, config: {} },
      frames: [{ title: "a", svg, text: "b" }],
    };
    expect(Object.keys(mimeBundle({ ...rich, html: "<p>more</p>" }))).toHaveLength(5);
    expect(mimeBundle({ ...rich, html: "<p>more</p>" })["text/html"].endsWith("<p>more</p>")).toBe(
      true,
    );
  });
});

describe("packed frames", () => {
  const frames = ["a", "b", "a"].map((title) => ({
    title,
    text: title,
    svg: `${svg}<g>${title}</g>`,
  }));
  it("come back as they were, and write what they share once", () => {
    const packed = packFrames(frames);
    expect(unpackFrames(JSON.parse(JSON.stringify(packed)))).toEqual(frames);
    expect(packed.parts.filter((part) => part.startsWith("<svg"))).toHaveLength(1);
  });

  it("keep the picture for a narrow page beside the other", () => {
    const both = frames.map((frame) => ({ ...frame, narrow: `${svg}<g>narrow</g>` }));
    expect(unpackFrames(JSON.parse(JSON.stringify(packFrames(both))))).toEqual(both);
  });

  it("may also be plain, and are none in any other data", () => {
    expect(unpackFrames({ frames })).toEqual(frames);
    for (const data of [null, 3, "x", [], {}, { frames: 3 }])
      expect(unpackFrames(data)).toEqual([]);
  });
});

describe("an image", () => {
  it("is well-formed XML and shows hostile text as text", () => {
    expect(visibleText(svg)).toContain("<script>alert(1)</script>&'");
    expect(svg).not.toContain("<script");
  });

  it("replaces what XML forbids", () => {
    expect(escapeMarkup("a\u0000b\ud800c\ufffed\te\n😀")).toBe(
      "a\ufffdb\ufffdc\ufffed\te\n😀".replace("\ufffe", "\ufffd"),
    );
  });

  it("can be fixed to one scheme", () => {
    expect(svg).toContain("prefers-color-scheme");
    for (const scheme of ["light", "dark"] as const) {
      const fixed = inScheme(svg, scheme);
      expect(fixed).not.toContain("@media");
      const last = [...fixed.matchAll(/\.f-red\{fill:(#\w+)\}/g)].at(-1)?.[1];
      expect(last).toBe(palette[scheme].red);
      visibleText(fixed);
    }
  });
});

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(colour.slice(i, i + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

describe("the palette", () => {
  const grounds: readonly Tone[] = [
    "card",
    "panel",
    "blueWash",
    "greenWash",
    "amberWash",
    "redWash",
    "purpleWash",
  ];
  const inks: readonly Tone[] = ["ink", "muted", "blue", "green", "amber", "red", "purple"];
  it.each(["light", "dark"] as const)("keeps every ink legible on every ground (%s)", (scheme) => {
    const poor = grounds.flatMap((ground) =>
      inks
        .filter((ink) => contrast(palette[scheme][ink], palette[scheme][ground]) < 4.5)
        .map(
          (ink) =>
            `${ink} on ${ground}: ${contrast(palette[scheme][ink], palette[scheme][ground]).toFixed(2)}`,
        ),
    );
    expect(poor).toEqual([]);
  });
});

describe("text", () => {
  const name = "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)";
  const style = { mono: true, size: 12 };

  it("wraps to a width and loses nothing but the spaces at breaks", () => {
    for (const width of [40, 120, 200, 900]) {
      const lines = wrap(name, width, style);
      expect(lines.filter((l) => textWidth(l, style) > width)).toEqual([]);
      expect(lines.join("").replaceAll(" ", "")).toBe(name.replaceAll(" ", ""));
    }
  });

  it("breaks inside a word only where nothing else is left", () => {
    const at = (text: string, fitting: string) => wrap(text, textWidth(fitting, style), style);
    expect(at("assert-not-held", "not-held")).toEqual(["assert-", "not-held"]);
    expect(at("wakeup[cpu0]", "wakeup")).toEqual(["wakeup", "[cpu0]"]);
    expect(at("raw_spin_lock", "raw_spin_")).toEqual(["raw_spin_", "lock"]);
    expect(at("a->bcd", "a->b")).toEqual(["a->", "bcd"]);
    expect(at("abcdef", "abc")).toEqual(["abc", "def"]);
  });

  it("is shortened in the middle only where it must be", () => {
    expect(shorten(name, 900, style)).toBe(name);
    const short = shorten(name, 150, style);
    expect(short).toContain("…");
    expect(textWidth(short, style)).toBeLessThanOrEqual(150);
  });
});
