/** What a command keeps for the next changes nothing that it says. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const lab = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
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
