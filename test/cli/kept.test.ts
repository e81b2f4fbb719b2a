/** What a command keeps for the next changes nothing that it says. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const lab = join(root, "dist", "cli", "main.js");
const abba = fileURLToPath(new URL("../kernel-c/stories/abba.c", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "lab-kept-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function said(cache: string, args: readonly string[]): string {
  const env = { ...process.env, LOCKDEP_LAB_CACHE: cache };
  const { stdout, stderr } = spawnSync(process.execPath, [lab, "explore", ...args], {
    encoding: "utf8",
    env,
  });
  expect(stderr).toBe("");
  return stdout.replace(/"(seconds|megabytes)":[\d.]+/g, '"$1":0');
}

it.each([
  [["--mutant", "m2", "--vcpus", "1", "--json", "--steps", "--timeline"]],
  [["--fix", "final", "--cpus", "2", "--vcpus", "2", "--steps"]],
  [[abba, "--json", "--steps"]],
])("lab explore %j says the same with what was kept as without", (args) => {
  const first = said(folder, args);
  expect(readdirSync(join(folder, "translations"))).not.toEqual([]);
  expect(said(folder, args)).toBe(first);
  expect(said("off", args)).toBe(first);
});

it("a script that imports the lab leaves it for the next one, and finds the same", () => {
  const cache = join(folder, "of-scripts");
  const script = `
    import { readFileSync } from "node:fs";
    import { explore, loadKernelC } from "lockdep-lab";
    const kernelC = await loadKernelC();
    const { states, violations } = explore(kernelC(readFileSync(${JSON.stringify(abba)}, "utf8")));
    console.log(states, Object.keys(violations).join());`;
  const run = (of: string): string =>
    spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, LOCKDEP_LAB_CACHE: of },
    }).stdout;
  const first = run(cache);
  expect(first).toMatch(/^\d+ deadlock\n$/);
  expect(readdirSync(join(cache, "translations"))).not.toEqual([]);
  expect([run(cache), run("off")]).toEqual([first, first]);
});
