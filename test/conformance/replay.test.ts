import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const oracle = join(root, "test/oracle/programs.jsonl");
const lines = readFileSync(oracle, "utf8").trimEnd().split("\n");

describe("lab replay", () => {
  let dir = "";
  let bundle = "";

  // The command is run as a process, from the sources as they are.
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "lab-replay-"));
    bundle = join(dir, "replay.mjs");
    await build({
      stdin: {
        contents: `import { Command } from "commander";
          import { registerReplay } from "./lib/cli/replay.ts";
          const program = new Command("lab");
          registerReplay(program);
          program.parse();`,
        resolveDir: root,
      },
      bundle: true,
      platform: "node",
      format: "esm",
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
      outfile: bundle,
    });
  });
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  function replay(file: string): SpawnSyncReturns<string> {
    return spawnSync(process.execPath, [bundle, "replay", file], { encoding: "utf8" });
  }
  function replayText(text: string): SpawnSyncReturns<string> {
    const file = join(dir, "programs.jsonl");
    writeFileSync(file, text);
    return replay(file);
  }

  it("answers the recorded programs in order, each as the kernel did", () => {
    const { stdout, stderr, status } = replay(oracle);
    expect([stderr, status]).toEqual(["", 0]);
    const blankless = (json: string): unknown => {
      const { id, report } = JSON.parse(json) as {
        id: string;
        report: { step: number; kind: string; text: string[] } | null;
      };
      const text = report?.text.filter((line) => line.trim() !== "");
      return { id, step: report?.step, kind: report?.kind, text };
    };
    expect(stdout.trimEnd().split("\n").map(blankless)).toEqual(lines.map(blankless));
  });

  it("has nothing but id, step, kind and text in an answer", () => {
    const first = JSON.parse(replayText(`${lines[0] ?? ""}\n`).stdout) as object;
    expect(Object.keys(first)).toEqual(["id", "report"]);
    expect(Object.keys((first as { report: object }).report)).toEqual(["step", "kind", "text"]);
  });

  it("names the line and the fault of malformed ones, and answers the others", () => {
    const good = '{"id":"good","locks":[{"name":"a","class":0,"type":"r"}],"ops":["a0.0","u0"]}';
    const lock = '{"name":"a","class":0,"type":"r"}';
    const withOps = (ops: string): string => `{"id":"x","locks":[${lock}],"ops":${ops}}`;
    const faults: readonly (readonly [line: string, says: string])[] = [
      ["{nonsense", "not JSON"],
      ["[1]", "not an object with id, locks and ops"],
      ['{"locks":[],"ops":[]}', "id is missing"],
      ['{"id":"x","ops":[]}', "locks is missing"],
      ['{"id":"x","locks":[]}', "ops is missing"],
      ['{"id":"x","locks":[5],"ops":[]}', "locks[0] is 5"],
      ['{"id":"x","locks":[{"class":0,"type":"r"}],"ops":[]}', "locks[0].name is missing"],
      ['{"id":"x","locks":[{"name":"a","class":-1,"type":"r"}],"ops":[]}', "locks[0].class is -1"],
      ['{"id":"x","locks":[{"name":"a","class":0,"type":"z"}],"ops":[]}', 'locks[0].type is "z"'],
      [withOps('["a0.0","a1.0"]'), 'ops[1] "a1.0" names lock 1, but there are only 1'],
      [withOps('["n0.0^7"]'), 'ops[0] "n0.0^7" names lock 7'],
      [withOps('["u3"]'), "names lock 3"],
      [withOps('["a0"]'), 'ops[0] is "a0", not one of'],
      [withOps('["a0.0^0"]'), 'ops[0] is "a0.0^0"'],
      [withOps('["n0.0"]'), 'ops[0] is "n0.0"'],
      [withOps("[7]"), "ops[0] is 7, not a string"],
      [withOps('["constructor"]'), 'ops[0] is "constructor"'],
    ];
    const text = [good, ...faults.map(([line]) => line), "", good].join("\n");
    const { stdout, stderr, status } = replayText(text);
    expect(status).toBe(1);
    const silent = '{"id":"good","report":null}';
    expect(stdout).toBe(`${silent}\n${silent}\n`);
    const said = stderr.trimEnd().split("\n");
    expect(said).toHaveLength(faults.length);
    for (const [i, [, says]] of faults.entries()) {
      expect(said[i]).toContain(`programs.jsonl:${i + 2}: `);
      expect(said[i]).toContain(says);
    }
  });

  it("says which file it cannot read", () => {
    const { stderr, status, stdout } = replay(join(dir, "absent.jsonl"));
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("absent.jsonl");
  });

  it("ignores the report of a program, and anything else in it", () => {
    const program = '{"id":"p","locks":[],"ops":[";"],"report":17,"more":true}';
    expect(replayText(program).stdout).toBe('{"id":"p","report":null}\n');
  });
});
