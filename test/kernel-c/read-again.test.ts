/** Texts that follow one another: what was kept of one changes nothing of what the next one says. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixes, kvm } from "../../lib/kvm/index.js";
import { type Scenario, translate } from "../../lib/machine/index.js";
import { mutated, poolOf } from "./fuzz/mutations.js";
import { loadKernelC } from "./parser.js";

const isLong = process.env["LAB_LONG_TESTS"] === "1";
const again = await loadKernelC();
const folder = fileURLToPath(new URL("small/", import.meta.url));
const texts = readdirSync(folder)
  .filter((file) => file.endsWith(".c"))
  .sort()
  .map((file) => readFileSync(folder + file, "utf8"));
const pool = poolOf(texts);

/** What a scenario can do, and on which lines; or what is wrong with its text. */
function said(make: () => Scenario): string {
  try {
    return JSON.stringify(translate(make()).transitions);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message;
  }
}

describe("a text that follows others", () => {
  it("says what it says alone, changed at nodes of its syntax tree", async () => {
    const changes = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.nat(texts.length - 1), changes, async (which, numbers) => {
        let at = 0;
        const pick = (below: number): number => (numbers[at++ % numbers.length] ?? 0) % below;
        const plain = texts[which] ?? "";
        const changed = mutated(plain, pool, pick);
        said(() => again(plain));
        for (const text of [changed, plain]) {
          const alone = await loadKernelC();
          expect(said(() => again(text))).toBe(said(() => alone(text)));
        }
      }),
      { numRuns: isLong ? 1000 : 12 },
    );
  }, 600_000);

  it("says what it says alone, with fixes of the case", async () => {
    for (const name of isLong ? fixes.map((of) => of.name) : (["none", "final", "rcu"] as const)) {
      const alone = await loadKernelC();
      expect(said(() => kvm(again, { fix: name }))).toBe(said(() => kvm(alone, { fix: name })));
    }
  }, 60_000);
});
