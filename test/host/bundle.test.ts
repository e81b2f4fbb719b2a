/** The quick commands in one file say what the modules say, and no more once those have changed. */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { bundled } from "../../lib/host/bundle.js";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const abba = fileURLToPath(new URL("../kernel-c/stories/abba.c", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "lab-bundle-"));
const cache = join(folder, "cache");
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a process says whose first module is `first`. */
function said(first: string, args: readonly string[]): unknown {
  const env = { ...process.env, LOCKDEP_LAB_CACHE: cache };
  const { stdout, stderr, status } = spawnSync(process.execPath, [first, ...args], {
    encoding: "utf8",
    cwd: folder,
    env,
  });
  const timeless = stdout.replace(/"(seconds|megabytes)":[\d.]+/g, '"$1":0');
  return { stdout: timeless, stderr, status };
}

describe("the quick commands in one file", () => {
  const main = join(dist, "cli", "main.js");
  const modules = join(folder, "modules.mjs");
  writeFileSync(
    modules,
    ["cli/commands", "host/provide-host", "cli/frame/program"]
      .map(
        (name, at) =>
          `import * as m${String(at)} from ${JSON.stringify(join(dist, `${name}.js`))};`,
      )
      .concat("m1.provideHost(); await m2.runLab(m0.commands);")
      .join("\n"),
  );
  writeFileSync(
    join(folder, "own.ts"),
    `import { type Scenario, mutex, mutex_lock, mutex_unlock, scenario, thread } from "lockdep-lab";
const a = mutex("a");
const own: Scenario = scenario("of one's own", {
  sizes: { cpu: 1 },
  processes: [thread("t", 0, [mutex_lock(a), mutex_unlock(a)])],
});
export default own;
`,
  );

  it.each([
    [["explore", "--fix", "final", "--json"], 0],
    [["explore", abba, "--steps", "--timeline"], 0],
    [["explore", "own.ts", "--jobs", "2"], 0],
    [["explore", "nowhere.c"], 1],
    [["explore", "--fix", "fnal"], 2],
    [["judge", "--bugs", "nobody"], 2],
    [["promela", "--mutant", "m2", "--vcpus", "1"], 0],
    [["splat", abba], 0],
    [["atlas"], 0],
  ])(
    "say of %j, status %i, what the single modules say, at first and with what was compiled",
    (args, status) => {
      const wanted = said(modules, args);
      expect(wanted).toMatchObject({ status });
      expect(said(main, args)).toEqual(wanted);
      expect(said(main, args)).toEqual(wanted);
    },
  );

  it("leave what V8 compiled for each of them, once", () => {
    const kept = readdirSync(join(cache, "commands"));
    expect(kept.length).toBe(5);
    const [file = ""] = kept;
    const path = join(cache, "commands", file);
    const before = statSync(path).mtimeMs;
    said(main, ["atlas"]);
    expect(statSync(path).mtimeMs).toBe(before);
  });

  it("do without it where it is damaged", () => {
    const wanted = said(modules, ["atlas"]);
    for (const name of readdirSync(join(cache, "commands"))) {
      truncateSync(join(cache, "commands", name), 1000);
    }
    expect(said(main, ["atlas"])).toEqual(wanted);
  });
});

describe("the one file", () => {
  const build = join(folder, "build");
  const environment = { LOCKDEP_LAB_CACHE: "off" };
  const isRun = (): boolean => bundled("explore", build, environment) !== null;
  const [file, record] = [join(build, "lab.cjs"), join(build, ".tsbuildinfo")];

  beforeEach(() => {
    rmSync(build, { recursive: true, force: true });
    mkdirSync(build);
    copyFileSync(join(dist, "lab.cjs"), file);
    copyFileSync(join(dist, ".tsbuildinfo"), record);
  });

  it("is run where it is of the same build", () => {
    expect(isRun()).toBe(true);
  });

  it("is not run once the modules were compiled again", () => {
    appendFileSync(record, " ");
    expect(isRun()).toBe(false);
  });

  it.each([["lab.cjs"], [".tsbuildinfo"]])("is not run without %s", (name) => {
    rmSync(join(build, name));
    expect(isRun()).toBe(false);
  });

  it("is ASCII, which V8 keeps in half the memory", () => {
    expect(readFileSync(file).every((byte) => byte < 128)).toBe(true);
  });
});
