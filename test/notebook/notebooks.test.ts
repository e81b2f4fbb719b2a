import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runNotebook } from "../../lib/notebook/client/run-notebook.js";
import { stockKernel } from "../../lib/notebook/client/kernels.js";
import { kernelInfo } from "../../lib/notebook/kernel/kernel-info.js";
import { readNotebook } from "../../lib/notebook/document/notebook-file.js";
import { formatNotebook } from "../../lib/notebook/document/notebook.js";
import { notebookFile, notebookFolder, notebookNames } from "./files.js";
import { complaintsAbout } from "./strict-cells.js";

describe.each(notebookNames)("notebook %s", (name) => {
  const file = notebookFile(name);
  const stored = readNotebook(file);

  it("runs top to bottom and gives the outputs that are stored with it", async () => {
    const { notebook, failure } = await runNotebook(file, stored);
    expect(failure).toBeNull();
    expect(
      formatNotebook(notebook),
      "stored outputs differ: look at them, then `npx lab run --update`",
    ).toBe(readFileSync(file, "utf8"));
  });

  it("runs on stock tslab too, with the same outputs", async () => {
    const { notebook, failure } = await runNotebook(file, stored, { kernel: stockKernel() });
    expect(failure).toBeNull();
    expect(notebook.cells).toEqual(stored.cells);
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
    const source = 'import { waitTypeOf } from "lockdep-lab";\nawait null;\nwaitTypeOf.mutex;';
    expect(complaintsAbout(cell(source), notebookFolder)).toEqual([]);
  });
});
