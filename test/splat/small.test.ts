/**
 * Small inputs that the reader or its explanation once failed on, each with what is right beside it:
 * kind and facts that must be there, facts that must not, and what the explanation must and must
 * never say. The letter names the kind of fault.
 */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explain } from "../../lib/splat/explain/explain.js";
import { explanationText } from "../../lib/splat/explain/format/text.js";
import { factsOf } from "../../lib/splat/facts.js";
import { readSplats } from "../../lib/splat/read/read.js";

interface Expectation {
  readonly kind?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly absent?: readonly string[];
  readonly says?: readonly string[];
  readonly neverSays?: readonly string[];
}

const folder = new URL("small/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");

function isExpectation(value: unknown): value is Expectation {
  return typeof value === "object" && value !== null;
}

const inputs = readdirSync(folder)
  .filter((name) => name.endsWith(".expect.json"))
  .map((file) => {
    const expected: unknown = JSON.parse(read(file));
    if (!isExpectation(expected)) throw new Error(`${file} is no expectation`);
    return { name: file.replace(".expect.json", ""), expected };
  });

/** A sentence as one line, however it was wrapped. */
const flat = (text: string): string => text.replace(/\s+/g, " ");

describe.each(inputs)("$name", ({ name, expected }) => {
  const [report] = readSplats(read(`${name}.txt`));

  it("is read", () => {
    if (report === undefined) throw new Error("no report was read");
    const facts = factsOf(report);
    if (expected.kind !== undefined) expect(report.kind).toBe(expected.kind);
    expect(facts).toMatchObject(expected.facts ?? {});
    for (const fact of expected.absent ?? []) expect(facts).not.toHaveProperty(fact);
  });

  it("is explained by what it shows, and by nothing else", () => {
    if (report === undefined) throw new Error("no report was read");
    const said = flat(explanationText(explain(report)));
    for (const each of expected.says ?? []) expect(said).toContain(each);
    for (const each of expected.neverSays ?? []) expect(said).not.toContain(each);
  });
});
