import { describe, expect, it } from "vitest";
import { script } from "../../../lib/export/formats/ts.js";
import { filesOf, fixtureJob, textOf } from "../exporting.js";
import { code, notebookText, prose } from "../notebooks.js";

const text = notebookText([
  prose(
    "# Script\n\nSee [the next](02-next.ipynb#part) and [the page](https://example.org/a.ipynb).",
  ),
  code('import { explore, kvm, type Scenario } from "lockdep-lab";'),
  prose("A cell runs with Shift-Enter.", { tags: ["runs"] }),
  code("const six = 6;", [], { jupyter: { source_hidden: true } }),
  code("let mine: Scenario | 0 = 0; // change this", [], { tags: ["exercise"] }),
  code("explore(kvm(six));", [], { tags: ["solution"] }),
]);

describe("the script of a notebook", () => {
  const exported = async (edition: "student" | "teacher"): Promise<string> => {
    const stem = edition === "student" ? "01-script" : "01-script.teacher";
    const files = await filesOf(script, await fixtureJob({ "01-script": text }, edition));
    return textOf(files, `${stem}.ts`);
  };

  it("imports what its own edition uses, types as types", async () => {
    expect(await exported("student")).toContain(
      'import {\n  type Scenario,\n} from "lockdep-lab";',
    );
    expect(await exported("teacher")).toContain(
      "import {\n  explore,\n  kvm,\n  type Scenario,\n}",
    );
  });

  it("marks what only sets up as a region that editors fold, and solutions as such", async () => {
    const teacher = await exported("teacher");
    expect(teacher).toContain(
      "// #region Set-up\nconst six = 6;\n// #endregion\n\n// Your turn\nlet mine",
    );
    expect(teacher).toContain("// Solution\n");
  });

  it("leads to the scripts of other notebooks, and nowhere else on the web", async () => {
    const links = "[the next](02-next.ts#part) and [the page](https://example.org/a.ipynb)";
    expect(await exported("student")).toContain(links);
    expect(await exported("teacher")).toContain("(02-next.teacher.ts#part)");
  });

  it("leaves no gap where a cell only imported, and says nothing of running cells", async () => {
    const student = await exported("student");
    expect(student).not.toMatch(/\n{3}/);
    expect(student).not.toContain("Shift-Enter");
  });
});
