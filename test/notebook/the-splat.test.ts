import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { kvmPiReport } from "../../lib/splat/index.js";
import { readSplats } from "../../lib/splat/index.js";
import { readNotebook } from "../../lib/notebook/document/notebook-file.js";
import { outputText } from "../../lib/notebook/document/outputs.js";
import { notebookFile } from "./files.js";

const place = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const recorded = readFileSync(place("../oracle/kernel-splats/none.txt"), "utf8");
const original = place("../../../shared/splats/kvm-pi.txt");
const { cells } = readNotebook(notebookFile("01-the-splat.ipynb"));
const cell = (id: string) => {
  const found = cells.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`notebook 01 has no cell ${id}`);
  return found;
};

/** What lockdep found, apart from what differs between machines. */
function found(text: string) {
  const [report] = readSplats(text);
  const splat = report?.kind === "circular" ? report : undefined;
  return {
    chain: splat?.chain.map(({ lock }) => [lock.name, lock.usage, lock.wait]),
    scenario: splat?.scenario?.rows,
  };
}

describe("the splat of notebook 01", () => {
  it("is the kernel's own text", () => {
    expect(kvmPiReport).toBe(recorded);
  });

  it("is claimed equal to the lab's own in chain, with usage bits and wait types, and in scenario", () => {
    const claims = cell("claims").outputs.map(outputText).join("");
    expect(claims).toContain("✓ the chain is the kernel's");
    expect(claims).toContain("&rq->__lock {-.-.} {2:2}");
    expect(claims).toContain("✓ the scenario is the kernel's");
  });

  it("finds what the report found that began it all", (test) => {
    if (!existsSync(original)) return test.skip("the original report is not beside the project");
    expect(found(recorded)).toEqual(found(readFileSync(original, "utf8")));
    expect(found(recorded).chain).toHaveLength(3);
  });
});
