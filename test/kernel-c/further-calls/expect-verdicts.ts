/** Calls that are less often seen, each in a text that shows what it does: both verdicts. */
import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { lockdepOn } from "../../../lib/verdict/index.js";
import { loadKernelC } from "../parser.js";

const kernelC = await loadKernelC();

/** A text, with what the explorer and lockdep say of it. */
export type Row = readonly [what: string, text: string, explorer: string, lockdep: string];

/** One thread, and two of them on CPUs of their own. */
export const one = "/* lab: thread f on 0 */\n";
export const two = `${one}/* lab: thread g on 1 */\n`;

/** Expects both verdicts on each text. */
export function expectVerdicts(about: string, all: readonly Row[]): void {
  describe(`calls that are less often seen: ${about}`, () => {
    it.each(all)("%s", (_, text, explorer, lockdep) => {
      const scenario = kernelC(text);
      expect([explore(scenario).verdict, lockdepOn(scenario).report?.kind ?? "silent"]).toEqual([
        explorer,
        lockdep,
      ]);
    });
  });
}
