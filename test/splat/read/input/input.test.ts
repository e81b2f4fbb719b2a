import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { factsOf } from "../../../../lib/splat/facts.js";
import { readSplats } from "../../../../lib/splat/read/read.js";

const plain = readFileSync(
  new URL("../../small/H1-helper-instead-of-caller.txt", import.meta.url),
  "utf8",
);
const lines = plain.trimEnd().split("\n");
const each = (mark: (at: number) => string): string =>
  lines.map((line, at) => `${mark(at)}${line}`).join("\n");

/** The facts without where in the text they stood and what had to be undone. */
function essence(text: string): unknown {
  const [report, ...more] = readSplats(text);
  if (report === undefined || more.length > 0) return `${more.length} more`;
  const apart = ["lines", "wrapped_lines_joined", "html_entities"];
  return Object.fromEntries(
    Object.entries(factsOf(report)).filter(([name]) => !apart.includes(name)),
  );
}

const encoded = (text: string): string =>
  (
    Buffer.from(text)
      .toString("base64")
      .match(/.{1,76}/g) ?? []
  ).join("\n");
const escape = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const forms: readonly (readonly [string, string])[] = [
  ["logcat", each((at) => `05-05 10:00:00.${100 + at}     0     0 W kernel  : `)],
  ["grep -n", each((at) => `${at + 12}:`)],
  ["grep -n in a named file", each((at) => `console.log:${at + 12}:`)],
  ["GitHub Actions", each((at) => `2024-05-05T10:00:00.${1_000_000 + at}Z `)],
  ["a vendor's bracket", each((at) => `[${100 + at}.5 3:worker:  101] `)],
  ["an unknown logger", each((at) => `node7 kmsg(${at})> [  1.${100_000 + at}] `)],
  ["terminal colours as `cat -v` shows them", each((at) => `^[[32m[  1.${100_000 + at}]^[[0m `)],
  ["JSON of the journal", lines.map((line) => JSON.stringify({ MESSAGE: line })).join("\n")],
  [
    "JSON of the journal, as bytes",
    lines.map((line) => JSON.stringify({ MESSAGE: [...Buffer.from(line)] })).join("\n"),
  ],
  ["JSON of a container", lines.map((line) => JSON.stringify({ log: `${line}\n` })).join("\n")],
  ["a log in one string", JSON.stringify({ output: plain }).replace("output", "result")],
  [
    "a page, each line in a span",
    lines.map((line) => `<span class="l">${escape(line)}</span>`).join("\n"),
  ],
  ["a page in one line", `<p>${lines.map(escape).join("<br/>")}</p>`],
  [
    "a mail in base64",
    `From: a@b.example\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n${encoded(plain)}\n`,
  ],
  [
    "a mail of several parts",
    `Content-Type: multipart/mixed; boundary="xyz"\n\n--xyz\nContent-Transfer-Encoding: base64\n\n${encoded(plain)}\n--xyz\nContent-Type: text/plain\n\nbye\n--xyz--\n`,
  ],
];

describe("the same report", () => {
  it.each(forms)("is read from %s", (_, text) => {
    expect(essence(text)).toEqual(essence(plain));
  });
});
