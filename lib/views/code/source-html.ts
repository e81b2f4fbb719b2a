/**
 * Kernel C as HTML that has no ground of its own: it stands on a light page as on a dark one, can be searched, and is
 * copied without its numbers.
 */
import { escapeMarkup } from "../draw/markup.js";
import { eitherScheme, midTone, type Tone } from "../draw/palette.js";
import type { SourceLine } from "./lines.js";
import type { Token } from "./tokens.js";

const marks = {
  kept: ["", "transparent"],
  added: ["+", "rgba(31,138,99,0.18)"],
  dropped: ["-", "rgba(210,86,31,0.18)"],
} as const;

const number =
  "display:inline-block;width:3.2em;text-align:right;margin-right:.6em;user-select:none";
const colour = (tone: Tone): string => (tone === "muted" ? eitherScheme.ink : midTone(tone));

/** Returns the tokens of a line, each in its colour. */
export function tokensHtml(tokens: readonly Token[]): string {
  const one = ({ text, tone }: Token): string =>
    tone === null
      ? escapeMarkup(text)
      : `<span style="color:${colour(tone)}">${escapeMarkup(text)}</span>`;
  return tokens.map(one).join("");
}

/** Returns lines as one block of code. */
export function sourceHtml(lines: readonly SourceLine[], heading: string): string {
  const rows = lines.map((line) => {
    if (line === null) return `<div style="color:${eitherScheme.ink};padding-left:2.4em">⋮</div>`;
    const [sign, ground] = marks[line.kind];
    const tokens = tokensHtml(line.tokens);
    const numbered = `<span style="${number};color:${eitherScheme.ink}">${line.line === null ? "" : String(line.line)}</span>`;
    const signed = `<span style="display:inline-block;width:1em;font-weight:bold">${sign}</span>`;
    return `<div style="background:${ground};min-height:1.45em">${numbered}${signed}${tokens}</div>`;
  });
  return [
    `<figure class="lab-source" style="margin:4px 0">`,
    `<figcaption style="font-size:12px;color:${eitherScheme.ink}">${escapeMarkup(heading)}</figcaption>`,
    `<pre style="margin:0;overflow-x:auto;font-family:monospace;font-size:12px;line-height:1.45">${rows.join("")}</pre>`,
    `</figure>`,
  ].join("");
}
