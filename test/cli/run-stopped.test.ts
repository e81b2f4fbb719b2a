import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const lab = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lab-run-stopped-"));
const [notebook, started] = [join(folder, "endless.ipynb"), join(folder, "started")];

beforeAll(() => {
  const say = `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(started)}, String(process.pid));`;
  const cells = [say, "for (;;) {}"].map((source, at) => ({
    cell_type: "code",
    id: `cell-${String(at)}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const metadata = { kernelspec: { name: "tslab", display_name: "TypeScript" } };
  writeFileSync(notebook, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "lab run that ends by %s leaves no kernel that runs on",
  { timeout: 120_000 },
  async (signal) => {
    rmSync(started, { force: true });
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, [lab, "run", notebook], { stdio: "ignore", env });
    const ended = once(child, "close");
    const said = (): string => (existsSync(started) ? readFileSync(started, "utf8") : "");
    await expect.poll(said, { timeout: 100_000 }).toMatch(/^\d+$/);
    const kernel = Number(said());
    expect(isAlive(kernel)).toBe(true);
    child.kill(signal);
    await ended;
    expect(child.exitCode).toBeGreaterThan(128);
    await expect.poll(() => isAlive(kernel), { timeout: 10_000 }).toBe(false);
    expect(readdirSync(folder).toSorted()).toEqual(["endless.ipynb", "started"]);
  },
);
