/** A module that is run with kept bytecode is what `require()` would have found. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keptModule } from "../../lib/host/kept-module.js";
import { keptScript } from "../../lib/host/kept-script.js";

const folder = mkdtempSync(join(tmpdir(), "lab-kept-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const environment = { LOCKDEP_LAB_CACHE: join(folder, "cache") };
const require = createRequire(join(folder, "from.cjs"));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe("a module that is run with kept bytecode", () => {
  it("is what require() finds, with its own folder, name and require", () => {
    const path = written(
      "own.cjs",
      'module.exports = { folder: __dirname, name: __filename, join: require("node:path").join };',
    );
    const { module } = keptModule(require, path, environment);
    expect(module).toMatchObject({ loaded: true, exports: { folder, name: path, join } });
    expect(require(path)).toBe(module.exports);
  });

  it("is not kept by require() where it throws", () => {
    const path = written("throws.cjs", 'throw new Error("at its first line");');
    expect(() => keptModule(require, path, environment)).toThrow("at its first line");
    expect(require.cache[path]).toBeUndefined();
  });

  it("leaves bytecode that V8 takes in the next process, and none for a file that has changed", () => {
    const path = written("count.cjs", "(function () { return 1; })");
    const use = { room: "scripts", use: "", environment };
    const first = keptScript("(function () { return 1; })", path, use);
    expect(first.script.cachedDataRejected).toBeUndefined();
    first.keep();
    const files = readdirSync(join(folder, "cache", "scripts"));
    expect(files).toHaveLength(1);
    const again = keptScript("(function () { return 1; })", path, use);
    expect(again.script.cachedDataRejected).toBe(false);
    again.keep();
    expect(readdirSync(join(folder, "cache", "scripts"))).toEqual(files);
    writeFileSync(path, "(function () { return 10; })");
    const changed = keptScript("(function () { return 10; })", path, use);
    expect(changed.script.cachedDataRejected).toBeUndefined();
  });

  it("keeps nothing where the cache is switched off", () => {
    const path = written("off.cjs", "1");
    const off = { room: "off", use: "", environment: { LOCKDEP_LAB_CACHE: "off" } };
    const { script, keep } = keptScript("1", path, off);
    keep();
    expect(script.runInThisContext()).toBe(1);
    expect(readdirSync(join(folder, "cache"))).not.toContain("off");
  });
});
