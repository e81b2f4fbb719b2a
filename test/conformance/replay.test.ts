import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { lab, ownFolder, type Answer } from "../command-line.js";

const oracle = fileURLToPath(new URL("../oracle/programs.jsonl", import.meta.url));
const lines = readFileSync(oracle, "utf8").trimEnd().split("\n");

describe("lab replay", () => {
  const folder = ownFolder();
  afterAll(folder.remove);

  const replay = (file: string): Promise<Answer> => lab("replay", file);
  function replayText(text: string): Promise<Answer> {
    const file = join(folder.path, "programs.jsonl");
    writeFileSync(file, text);
    return replay(file);
  }

  it("answers the recorded programs in order, each as the kernel did", async () => {
    const { out, err, status } = await replay(oracle);
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

  it("has nothing but id, step, kind and text in an answer", async () => {
    const first = JSON.parse((await replayText(`${lines[0] ?? ""}\n`)).out) as object;
    expect(Object.keys(first)).toEqual(["id", "report"]);
    expect(Object.keys((first as { report: object }).report)).toEqual(["step", "kind", "text"]);
  });

  it("names the line and the fault of malformed ones, and answers the others", async () => {
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
      [withOps('["sync:0:0:0"]'), 'ops[0] "sync:0:0:0" has missing for a check'],
      [withOps('["sync:0:0:3:1"]'), 'has "3" for how it reads, not a number from 0 to 2'],
      [withOps('["down:0:1"]'), 'ops[0] "down:0:1" has an operand too many'],
      [withOps('["held:0:x"]'), 'has "x" for who holds it'],
      [withOps('["setcls:0:E1:0"]'), 'has "E1" for a class'],
      [withOps('["freed:1"]'), "names lock 1"],
      [withOps('["T:4"]'), 'has "4" for a task, not a number from 0 to 3'],
      ['{"id":"x","locks":[{"name":"a","class":"E0","type":"r"}],"ops":[]}', 'class is "E0"'],
      ['{"id":"x","locks":[{"name":"a","class":0,"type":"g603"}],"ops":[]}', 'type is "g603"'],
    ];
    const text = [good, ...faults.map(([line]) => line), "", good].join("\n");
    const { out, err, status } = await replayText(text);
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

  const extended = fileURLToPath(new URL("../oracle/extended-programs.jsonl", import.meta.url));

  it("answers extended programs with all that lockdep says", async () => {
    const kernel = readFileSync(extended, "utf8").trimEnd().split("\n").slice(0, 60);
    const { out, err, status } = await replayText(kernel.join("\n"));
    expect([err, status]).toEqual(["", 0]);
    const theirs = kernel.map((line) => {
      const { id, answer } = JSON.parse(line) as {
        id: string;
        answer: {
          reports: { step: number; kind: string; text: string[] }[];
          says: [];
          off: number;
        };
      };
      const reports = answer.reports.map(({ step, kind, text }) => ({ step, kind, text }));
      return { id, reports, says: answer.says, off: answer.off };
    });
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((json): unknown => JSON.parse(json)),
    ).toEqual(theirs);
  });

  it("takes a program of either format for what its file is", async () => {
    const lock = '{"name":"a","class":0,"type":"r"}';
    const either = `{"id":"either","locks":[${lock}],"ops":["a0.0","u0"]}`;
    const held = `{"id":"held","locks":[${lock}],"ops":["held:0:-1"]}`;
    const first = `{"id":"first","locks":[${lock}],"ops":[],"report":null}`;
    expect((await replayText(either)).out).toBe('{"id":"either","report":null}\n');
    expect((await replayText([either, held, first].join("\n"))).out).toBe(
      '{"id":"either","reports":[],"says":[],"off":-1}\n' +
        '{"id":"held","reports":[],"says":[[0,0]],"off":-1}\n' +
        '{"id":"first","report":null}\n',
    );
  });

  it("answers as the kernel that is asked for, and shows what it knows", async () => {
    const text = '{"id":"p","locks":[{"name":"a","class":0,"type":"m"}],"ops":["a0.0"],"answer":0}';
    const file = join(folder.path, "programs.jsonl");
    writeFileSync(file, text);
    const args = [file, "--kernel", "6.12-no-raw-nesting", "--state"];
    expect(JSON.parse((await lab("replay", ...args)).out)).toMatchObject({
      state: { classes: ["0.0 v=1 u=324 w=0,3,0 f=1 b=1 ->"] },
    });
    expect((await lab("replay", file, "--kernel", "5.0")).err).toContain("6.12-no-raw-nesting");
  });

  it("says which file it cannot read", async () => {
    const { out, err, status } = await replay(join(folder.path, "absent.jsonl"));
    expect([status, out]).toEqual([1, ""]);
    expect(err).toContain("absent.jsonl");
  });

  it("ignores the report of a program, and anything else in it", async () => {
    const program = '{"id":"p","locks":[],"ops":[";"],"report":17,"more":true}';
    expect((await replayText(program)).out).toBe('{"id":"p","report":null}\n');
  });
});
