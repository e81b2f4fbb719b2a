import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labKernel } from "../../lib/notebook/client/kernels.js";
import { startKernel, type KernelProcess } from "../../lib/notebook/client/kernel-process.js";
import { readNotebook } from "../../lib/notebook/document/notebook-file.js";
import { isTagged } from "../../lib/notebook/document/notebook.js";
import { textIn } from "../../lib/notebook/jupyter/message.js";
import { ancestorsOf, dependentsOf, namesOf } from "./cell-names.js";
import { notebookFile, notebookFolder, notebookNames } from "./files.js";
import { invitationsOf } from "./invitations.js";

describe("an invitation", () => {
  const said = (source: string): readonly string[] =>
    invitationsOf({ source }).changes.map((change) => change.source);

  it("names what may stand in place of what stands there", () => {
    expect(said("const n = 1; // <- change here: 1 | 2 | 13")).toEqual([
      "const n = 2; ",
      "const n = 13; ",
    ]);
    expect(said("f(11, 1) // <- change here: 1 | 2")).toEqual(["f(11, 2) "]);
    expect(said("\tlock(&a); /* <- change here: &a | &b */")).toEqual(["\tlock(&b); "]);
    expect(said("const x: number | null = null; // <- your prediction: 0 | 1")).toEqual([
      "const x: number | null = 0; ",
      "const x: number | null = 1; ",
    ]);
  });

  it("is vague without a value that stands in its line, or with no other", () => {
    for (const source of [
      "f(1) // <- change here",
      "f(1) // <- change here: 2 | 3",
      "f(1) // <- change here: 1",
    ]) {
      expect(invitationsOf({ source })).toEqual({ changes: [], vague: [source] });
    }
  });
});

describe.each(notebookNames)("the invitations of notebook %s", (name) => {
  const cells = readNotebook(notebookFile(name)).cells.filter(({ kind }) => kind === "code");
  const names = cells.map(namesOf);
  const inviting = cells.flatMap((cell, at) => {
    const { changes } = invitationsOf(cell);
    return changes.length === 0 ? [] : [{ at, cell, changes, after: dependentsOf(at, names) }];
  });
  const exercises = cells.flatMap((cell, at) => {
    const [, exercise] = /^(\w+)\.check\(/m.exec(cell.source) ?? [];
    return exercise === undefined || !isTagged(cell, "exercise") ? [] : [{ at, exercise }];
  });
  const needed = new Set([
    ...inviting.flatMap(({ at, after }) => ancestorsOf([at, ...after], names)),
    ...ancestorsOf(
      exercises.map(({ at }) => at),
      names,
    ),
  ]);
  let kernel: KernelProcess;

  const printed = async (
    source: string,
  ): Promise<{ readonly error: string; readonly out: string }> => {
    const { reply, published } = await kernel.execute(source);
    return {
      error: reply["status"] === "ok" ? "" : textIn(reply, "evalue"),
      out: published.map(({ content }) => textIn(content, "text")).join(""),
    };
  };
  const run = async (source: string): Promise<string> => (await printed(source)).error;

  beforeAll(async () => {
    kernel = await startKernel(labKernel, notebookFolder);
    for (const [at, cell] of cells.entries()) {
      if (needed.has(at)) expect(`${cell.id}: ${await run(cell.source)}`).toBe(`${cell.id}: `);
    }
  }, 300_000);
  afterAll(async () => {
    await kernel.shutdown();
  });

  it("all name their values, but where any answer may be tried", () => {
    const open = cells.filter((cell) => !isTagged(cell, "exercise"));
    expect(open.flatMap((cell) => invitationsOf(cell).vague)).toEqual([]);
  });

  it.each(inviting.map((one) => [one.cell.id, one] as const))(
    "%s: no change ends in an error, there or in a cell that depends on it",
    async (_, { cell, changes, after }) => {
      const answers: string[] = [];
      for (const { said, source } of [...changes, { said: "as it was", source: cell.source }]) {
        const { error, out } = await printed(source);
        expect(`${said}, ${cell.id}: ${error}`).toBe(`${said}, ${cell.id}: `);
        answers.push(out);
        for (const at of after) {
          const later = cells[at];
          if (later === undefined) continue;
          expect(`${said}, ${later.id}: ${await run(later.source)}`).toBe(`${said}, ${later.id}: `);
        }
      }
      // Of the values that a prediction names, one is right.
      if (!cell.source.includes("<- your prediction")) return;
      expect(answers.filter((out) => out.includes("✓ as you predicted"))).toHaveLength(1);
    },
    300_000,
  );

  it.each(exercises.map(({ exercise }) => exercise))(
    "the exercise %s is not solved by what is no answer",
    async (exercise) => {
      const cheats = '[null, undefined, {}, [], "", 0, true, () => [], () => null, () => ({})]';
      // Of a prediction some value is the answer; an exercise says what it finds.
      const solved = `(said: unknown) => typeof said === "object" && Object(said).solved === true`;
      const judge = `(cheat) => (${solved})(${exercise}.judge(cheat as never))`;
      const { error, out } = await printed(`console.log((${cheats}).map(${judge}).join())`);
      expect(error).toBe("");
      expect(out.trim()).toBe(Array(10).fill("false").join());
    },
    120_000,
  );
});
