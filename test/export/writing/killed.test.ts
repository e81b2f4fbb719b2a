import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findChromium } from "../../../lib/export/chromium.js";
import { projectRoot } from "../../../lib/export/export.js";

const main = join(projectRoot, "dist", "cli", "main.js");
const within = mkdtempSync(join(tmpdir(), "lab-killed-"));
afterAll(() => {
  rmSync(within, { recursive: true, force: true });
});

/**
 * An export of one notebook, whose temporary files are in a folder of the test's own. One that makes everything anew
 * takes long enough to be killed in the middle.
 */
function exporting(format: string, out: string, anew: boolean): ChildProcess {
  const args = [main, "export", "02-locks-irqs-cpus", "--to", format, "--out", out];
  const cache = anew ? { LOCKDEP_LAB_CACHE: "off" } : {};
  return spawn(process.execPath, args, {
    env: { ...process.env, TMPDIR: within, ...cache },
    stdio: "ignore",
  });
}

const halfMade = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder).filter((name) => /^(?:\.lab-export|lab-pdf)-/.test(name))
    : [];

const childrenOf = (id: number): string[] => {
  const file = `/proc/${id}/task/${id}/children`;
  return existsSync(file) ? readFileSync(file, "utf8").split(" ").filter(Boolean) : [];
};

const formats = ["html", "book", "ipynb", ...(findChromium() === undefined ? [] : ["pdf"])];

describe("an export that was killed in the middle", () => {
  it.each(formats)("as %s leaves nothing that the next does not clean", async (format) => {
    const out = join(within, format);
    const killed = exporting(format, out, true);
    const ended = once(killed, "exit");
    const place = format === "pdf" ? within : out;
    await expect
      .poll(() => halfMade(place).length > 0 || killed.exitCode !== null, {
        interval: 2,
        timeout: 200_000,
      })
      .toBe(true);
    const children = childrenOf(killed.pid ?? 0);
    killed.kill("SIGKILL");
    await ended;
    const seen = readdirSync(out).filter((name) => !name.startsWith("."));
    // Whole or not there: no page is half-made.
    if (killed.exitCode === null) expect(seen).toEqual([]);
    // A browser that prints goes with who started it.
    await expect
      .poll(() => children.filter((id) => existsSync(`/proc/${id}`)), { timeout: 60_000 })
      .toEqual([]);
    expect(await once(exporting(format, out, false), "exit")).toEqual([0, null]);
    expect([...halfMade(out), ...halfMade(within)]).toEqual([]);
    expect(readdirSync(out).some((name) => name.startsWith("02-locks-irqs-cpus"))).toBe(true);
  });
});
