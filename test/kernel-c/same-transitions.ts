/** Whether a text of C can do exactly what a scenario of statements can. */
import { expect } from "vitest";
import { type Scenario, translate } from "../../lib/machine/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

/** What a scenario can do, but for the places of its text. */
const transitionsOf = (of: Scenario): readonly unknown[] =>
  translate(of).transitions.map((transition) => ({ ...transition, at: null }));

/** Local variables of C are named by their function: `f: f.flags`. */
const plain = (of: readonly unknown[]): string =>
  JSON.stringify(of).replace(/"\w+: \w+\.(\w+)(?='?\d*")/g, '"$1');

/**
 * Expects a text and a scenario to have the same transitions.
 *
 * @param renamed what is called otherwise in the text, such as temporaries of its own
 */
export function expectSame(text: string, written: Scenario, file = "kernel.c"): void {
  expect(plain(transitionsOf(kernelC(text, { file })))).toBe(plain(transitionsOf(written)));
}
