/** Shift-Tab on a name of the lab shows its documentation: asked of one kernel, for all names of the lessons. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startKernel, type KernelProcess } from "../../../lib/notebook/client/kernel-process.js";
import { labKernel } from "../../../lib/notebook/client/kernels.js";
import { readNotebook } from "../../../lib/notebook/document/notebook-file.js";
import { notebookFile, notebookFolder, notebookNames } from "../files.js";

const imported = [
  ...new Set(
    notebookNames
      .flatMap((name) => readNotebook(notebookFile(name)).cells)
      .flatMap(({ source }) => [...source.matchAll(/^import \{([^}]*)\} from "lockdep-lab"/gm)])
      .flatMap(([, names = ""]) => names.split(","))
      .map((name) => name.replace(/^\s*type\s/, "").trim())
      .filter((name) => name !== ""),
  ),
].sort();

// One text for all: it is compiled once.
const code = `import {\n${imported.map((name) => `${name},\n`).join("")}} from "lockdep-lab";`;

let kernel: KernelProcess | null = null;
beforeAll(async () => {
  kernel = await startKernel(labKernel, notebookFolder);
});
afterAll(async () => {
  await kernel?.shutdown();
});

/** What stands below a name's declaration: a sentence, at the least. */
async function documentationOf(name: string): Promise<string> {
  const content = { code, cursor_pos: code.indexOf(`\n${name},`) + 2, detail_level: 0 };
  const reply = await kernel?.ask("inspect", content);
  const data = reply?.["data"];
  const text =
    typeof data === "object" && data !== null && "text/plain" in data ? data["text/plain"] : "";
  return String(text).split(`\nimport ${name}\n`)[1]?.trim() ?? "";
}

it("what is an error and what an example is told from the rest", async () => {
  const said = await documentationOf("claim");
  expect(said).toMatch(/^@throws Error /m);
  expect(said).toMatch(/^@example\nclaim\(/m);
});

it("each name that a lesson imports has a sentence of documentation", async () => {
  expect(imported.length).toBeGreaterThan(100);
  const undocumented: string[] = [];
  for (const name of imported) {
    const said = await documentationOf(name);
    if (!/[a-z]{2,} [a-z]{2,}/.test(said)) undocumented.push(name);
  }
  expect(undocumented).toEqual([]);
});
