import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandLine, type Answer, type CommandLine } from "../command-line.js";

const oracle = fileURLToPath(new URL("../oracle/programs.jsonl", import.meta.url));
const lines = readFileSync(oracle, "utf8").trimEnd().split("\n");

describe("lab replay", () => {
  let commands: CommandLine;
  beforeAll(async () => {
    commands = await commandLine({ replay: "registerReplay" });
  });
  afterAll(() => {
    commands.remove();
  });

  const replay = (file: string): Answer => commands.run("replay", file);
  function replayText(text: string): Answer {
    const file = join(commands.folder, "programs.jsonl");
    writeFileSync(file, text);
    return replay(file);
  }

  it("answers the recorded programs in order, each as the kernel did", () => {
    const { out, err, status } = replay(oracle);
    expect([err, status]).toEqual(["", 0]);
    const blankless = (json: string): unknown => {
      const { id, report } = JSON.parse(json) as {
        id: string;
        report: { step: number; kind: string; text: string[] } | null;
      };
      const text = report?.text.filter((line) => line.trim() !== "");
      return { id, step: report?.step, kind: report?.kind, text };
    };
    expect(out.trimEnd().split("\n").map(blankless)).toEqual(lines.map(blankless));
  });

  it("has nothing but id, step, kind and text in an answer", () => {
    const first = JSON.parse(replayText(`${lines[0] ?? ""}\n`).out) as object;
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
    const { out, err, status } = replayText(text);
    expect(status).toBe(1);
    const silent = '{"id":"good","report":null}';
    expect(out).toBe(`${silent}\n${silent}\n`);
    const said = err.trimEnd().split("\n");
    expect(said).toHaveLength(faults.length);
    for (const [i, [, says]] of faults.entries()) {
      expect(said[i]).toContain(`programs.jsonl:${i + 2}: `);
      expect(said[i]).toContain(says);
    }
  });

  it("says which file it cannot read", () => {
    const { out, err, status } = replay(join(commands.folder, "absent.jsonl"));
    expect([status, out]).toEqual([1, ""]);
    expect(err).toContain("absent.jsonl");
  });

  it("ignores the report of a program, and anything else in it", () => {
    const program = '{"id":"p","locks":[],"ops":[";"],"report":17,"more":true}';
    expect(replayText(program).out).toBe('{"id":"p","report":null}\n');
  });
});
