import { expect, it } from "vitest";
import { md } from "../../../lib/export/formats/md.js";
import { filesOf, fixtureJob, textOf } from "../exporting.js";
import { fixture } from "../fixture.js";
import { code, notebookText, prose } from "../notebooks.js";

it("the Markdown of a player has its last picture, and all of them in words, folded", async () => {
  const text = textOf(await filesOf(md, await fixtureJob({ fixture })), "fixture.md");
  const [, below = ""] = text.split("![steps](fixture_files/");
  expect(below).toMatch(
    /^[\w.-]+\.svg\)\n\n<details>\n<summary>All 2 pictures in words<\/summary>/,
  );
  expect(below).toContain("\n\n```text\nsteps\n```\n\n</details>");
  // A figure that is one picture has its words in the picture.
  expect(text.match(/<summary>All/g)).toHaveLength(1);
});

it("folds what only sets up, under the number of its cell", async () => {
  const text = notebookText([
    prose("# Folded"),
    code('import { loadKernelC } from "lockdep-lab";\n\nconst kernelC = await loadKernelC();'),
    prose("## 1. An exercise"),
    code('const six = exercise("six", { hints: ["half a dozen"] });'),
    code("six.check(5);", [], { tags: ["exercise"] }),
  ]);
  const folded = textOf(await filesOf(md, await fixtureJob({ folded: text })), "folded.md");
  expect(folded).toContain("<summary>Imports, cell 1</summary>\n\n```ts\nimport");
  expect(folded).toMatch(
    /<summary>Set-up, cell 2<\/summary>\n\n```ts\n.*hints[^]*<\/details>\n\n\*\*Your/,
  );
  expect(folded.split("</details>").at(-1)).toContain("six.check(5)");
});
