import { beforeAll, describe, it } from "vitest";
import {
  type AtlasCase,
  type CaseExpectation,
  atlas,
  patchedCode,
  selectionText,
} from "../../lib/atlas/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";
import type { KernelC } from "../../lib/kernel-c/index.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";

if (!hasSpin) {
  console.warn("NOT RUN: comparison of the atlas with SPIN; install spin and gcc to run it");
}

/** Set LAB_LONG_TESTS=1 to compare every row of every case, a second or two each. */
const long = process.env["LAB_LONG_TESTS"] === "1";

let kernelC: KernelC;
beforeAll(async () => {
  kernelC = await loadKernelC();
});

/** The code as it is, and the last that is expected of it: most often a bug under a fix. */
const isOfFew = ({ expected }: AtlasCase, row: CaseExpectation): boolean =>
  selectionText(row) === "as it is" || row === expected.at(-1);

const rows = atlas.flatMap((of) =>
  of.expected
    .filter((row) => long || isOfFew(of, row))
    .map((row) => [`${of.name}, ${selectionText(row)}`, of, row] as const),
);

describe.skipIf(!hasSpin)("SPIN and the lab agree, state by state", () => {
  it.each(rows)("about %s", async (_, of, row) => {
    await agreeWithSpin(kernelC(patchedCode(of, row), { file: `${of.name}.c` }));
  });
});
