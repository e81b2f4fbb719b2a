import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { kernelInfo } from "../../lib/notebook/kernel/kernel-info.js";
import { readNotebook } from "../../lib/notebook/document/notebook-file.js";
import { notebookFile, notebookFolder, notebookNames } from "./files.js";
import { complaintsAbout } from "./strict-cells.js";

describe.each(notebookNames)("notebook %s", (name) => {
  const stored = readNotebook(notebookFile(name));

  it("has a test file that runs it", () => {
    const test = new URL(`notebooks/${name.replace(".ipynb", ".test.ts")}`, import.meta.url);
    expect(readFileSync(test, "utf8")).toContain(`onBothKernels("${name}")`);
  });

  it("is strict TypeScript", () => {
    expect(complaintsAbout(stored.cells, notebookFolder)).toEqual([]);
  });

  it("opens with the kernel that both tslab and the lab register", () => {
    expect(stored.metadata["kernelspec"]).toEqual({
      display_name: "TypeScript",
      language: "typescript",
      name: "tslab",
    });
  });

  it("stores the language as the kernel tells it, so that opening it changes nothing", () => {
    expect(stored.metadata["language_info"]).toEqual(kernelInfo()["language_info"]);
  });
});

describe("the check of cells", () => {
  const cell = (source: string) => [
    { kind: "code" as const, id: "c", source, metadata: {}, outputs: [] },
  ];

  it("names the cell and the line of what is not strict", () => {
    expect(complaintsAbout(cell("const a = 1;\nconst f = (x) => x;"), notebookFolder)).toEqual([
      "c, line 2: Parameter 'x' implicitly has an 'any' type.",
    ]);
    const unchecked = "const list: readonly number[] = [];\nconst n: number = list[0];";
    expect(complaintsAbout(cell(unchecked), notebookFolder)).toHaveLength(1);
  });

  it("is silent about strict cells", () => {
    const source = 'import { VCPU } from "lockdep-lab";\nawait null;\nVCPU.name;';
    expect(complaintsAbout(cell(source), notebookFolder)).toEqual([]);
  });
});
