/** The script that the README has to be copied does what it says, from a folder of the reader's own. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lab-script-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("the README's script is found wrong by both judges, by the command as it is built", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  writeFileSync(join(folder, "abba.mjs"), /```js\n([^]*?)```/.exec(readme)?.[1] ?? "");
  const lab = join(root, "dist", "cli", "main.js");
  const said = execFileSync(process.execPath, [lab, "explore", "abba.mjs"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(said).toMatch(/AB\/BA: deadlock in 2 steps[^]*lockdep: circular: both find it/);
});
