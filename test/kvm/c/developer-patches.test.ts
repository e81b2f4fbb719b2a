import { createTwoFilesPatch } from "diff";
import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { explorerVerdict, kvmFiles, kvmInC, lockdepInOrdersOfC } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { type DeveloperPatch, developerPatches } from "./developer-patches/index.js";

const kernelC = await loadKernelC();
const isLong = process.env["LAB_LONG_TESTS"] === "1";

/** A patch as it is sent: against the file as it is in the kernel's tree, its lines a little further down. */
function asSent({ edits }: DeveloperPatch, context = 3): string {
  const files = [...new Set(edits.map(([file]) => file))];
  return files
    .map((file) => {
      const before = kvmFiles().find((one) => one.file === file)?.text ?? "";
      const after = edits.reduce((text, [of, from, to]) => {
        if (of !== file) return text;
        expect(text.split(from)).toHaveLength(2);
        return text.replace(from, () => to);
      }, before);
      const path = `arch/x86/kvm/vmx/${file}`;
      return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, "", "", { context });
    })
    .join("");
}

const names = developerPatches.map((one) => [one.name, one] as const);
/** The others take minutes together. */
const slice = names.filter((_, at) => isLong || at % 8 === 0);

describe("a patch that a developer might send", () => {
  it.each(slice)("has its verdicts: %s", (_, patch) => {
    const files = kvmFiles({ patches: [asSent(patch)] });
    const { kind } = lockdepInOrdersOfC(kernelC, files);
    const result = explore(kvmInC(kernelC, files, patch.name), {
      shortest: false,
      maxStates: 1_000_000,
    });
    expect([kind, explorerVerdict(result)]).toEqual([patch.lockdep, patch.explorer]);
  });

  it.each(names)("applies with lines moved and one of context changed: %s", (_, patch) => {
    const moved = asSent(patch, 2).replace(
      /^@@ -(\d+)/gm,
      (_all, at: string) => `@@ -${String(Number(at) + 37)}`,
    );
    const [plain, further] = [asSent(patch), moved].map((one) => kvmFiles({ patches: [one] }));
    expect(further).toEqual(plain);
  });
});
