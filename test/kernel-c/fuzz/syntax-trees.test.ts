/** Texts that are almost C: whatever is wrong with them is said with line and caret, and nothing fails from within. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../parser.js";
import { mutated, poolOf } from "./mutations.js";

const kernelC = await loadKernelC();
const root = fileURLToPath(new URL("../../../", import.meta.url));
const files = ["test/kernel-c", "lib/atlas"]
  .flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: "utf8" }).map(
      (of) => `${folder}/${of}`,
    ),
  )
  .filter((file) => file.endsWith(".c"))
  .sort();
const texts = files.map((file) => readFileSync(root + file, "utf8"));
const pool = poolOf(texts);

/** Each fault as a compiler says it; a line that is too long to be shown has no caret. */
const asCompiler = /^t\.c:\d+:\d+: [^\n]+(?:\n *\d+ \| [^\n]*\n +\| \s*\^~*)?$/;

/** What is said of a text that makes no sense; null if it does. */
function said(text: string): string | null {
  try {
    translate(kernelC(text, { file: "t.c" }));
    return null;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message;
  }
}

const changes = fc.array(fc.nat(), { minLength: 60, maxLength: 60 });
const broken = fc
  .tuple(fc.nat(texts.length - 1), fc.integer({ min: 1, max: 3 }), changes)
  .map(([which, times, numbers]) => {
    let made = texts[which] ?? "";
    let at = 0;
    const pick = (below: number): number => (numbers[at++ % numbers.length] ?? 0) % below;
    for (let k = 0; k < times; k++) made = mutated(made, pool, pick);
    return made;
  });

describe("a text that was changed at nodes of its syntax tree", () => {
  it("makes sense, or each fault has its line, and a caret below it", () => {
    const numRuns = process.env["LAB_LONG_TESTS"] === "1" ? 5000 : 300;
    fc.assert(
      fc.property(broken, (text) => {
        const begun = performance.now();
        const message = said(text) ?? "";
        expect(performance.now() - begun).toBeLessThan(10_000);
        const faults = message === "" ? [] : message.split(/\n(?=t\.c:)/);
        expect(faults.filter((one) => !asCompiler.test(one))).toEqual([]);
        expect(message).not.toMatch(/\[object|NaN|Cannot read/);
      }),
      { numRuns, interruptAfterTimeLimit: 50_000 },
    );
  });

  it("is another one", () => {
    expect(files.length).toBeGreaterThan(100);
    let last = 1;
    const pick = (below: number): number => {
      last = (last * 48271) % 0x7fffffff;
      return last % below;
    };
    const changed = texts.filter((text) => mutated(text, pool, pick) !== text);
    expect(changed.length).toBeGreaterThan(0.8 * texts.length);
  });
});
