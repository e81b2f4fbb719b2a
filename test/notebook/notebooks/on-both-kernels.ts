import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labKernel, stockKernel } from "../../../lib/notebook/client/kernels.js";
import { startKernel, type KernelProcess } from "../../../lib/notebook/client/kernel-process.js";
import {
  runCells,
  runNotebook,
  type NotebookRun,
} from "../../../lib/notebook/client/run-notebook.js";
import { readNotebook } from "../../../lib/notebook/document/notebook-file.js";
import { formatNotebook, isTagged, type Cell } from "../../../lib/notebook/document/notebook.js";
import { textIn } from "../../../lib/notebook/jupyter/message.js";
import { dependentsOf, namesOf } from "../cell-names.js";
import { notebookFile, notebookFolder } from "../files.js";
import { invitationsOf } from "../invitations.js";

/** What a run may take on a busy machine, in milliseconds. */
const patience = 900_000;
const cellTimeout = 600_000;

/**
 * Runs a notebook on both kernels. In the lab's, what its cells invite to is done after they all ran, as by a reader.
 *
 * @param name its file's, of which there is one test file each, so that they are shared among the cores
 */
export function onBothKernels(name: string): void {
  const file = notebookFile(name);
  const stored = readNotebook(file);

  describe(`notebook ${name} on the lab's kernel`, () => {
    let kernel: KernelProcess | null = null;
    let run: NotebookRun | null = null;
    const inKernel = (): KernelProcess => {
      if (kernel === null) throw new Error("the kernel did not start");
      return kernel;
    };
    beforeAll(async () => {
      kernel = await startKernel(labKernel, notebookFolder);
      run = await runCells(kernel, stored, { cellTimeout });
    }, patience);
    afterAll(async () => {
      await kernel?.shutdown();
    });

    it("runs top to bottom and gives the outputs that are stored with it", () => {
      expect(run?.failure).toBeNull();
      expect(
        formatNotebook(run?.notebook ?? stored),
        "stored outputs differ: look at them, then `npx lab run --update`",
      ).toBe(readFileSync(file, "utf8"));
    });
    invitationsIn(stored.cells, inKernel);
  });

  it(`notebook ${name} runs on stock tslab too, with the same outputs`, async () => {
    const { notebook, failure } = await runNotebook(file, stored, {
      kernel: stockKernel(),
      cellTimeout,
    });
    expect(failure).toBeNull();
    expect(notebook.cells).toEqual(stored.cells);
  }, patience);
}

/** What the cells of a notebook that ran invite to, and what may be said to its exercises. */
function invitationsIn(all: readonly Cell[], kernel: () => KernelProcess): void {
  const cells = all.filter(({ kind }) => kind === "code");
  const names = cells.map(namesOf);
  const inviting = cells.flatMap((cell, at) => {
    const { changes } = invitationsOf(cell);
    return changes.length === 0 ? [] : [{ at, cell, changes, after: dependentsOf(at, names) }];
  });
  const exercises = cells.flatMap((cell, at) => {
    const [, exercise] = /^(\w+)\.check\(/m.exec(cell.source) ?? [];
    return exercise === undefined || !isTagged(cell, "exercise") ? [] : [{ at, exercise }];
  });

  const printed = async (
    source: string,
  ): Promise<{ readonly error: string; readonly out: string }> => {
    const { reply, published } = await kernel().execute(source);
    return {
      error: reply["status"] === "ok" ? "" : textIn(reply, "evalue"),
      out: published.map(({ content }) => textIn(content, "text")).join(""),
    };
  };
  const run = async (source: string): Promise<string> => (await printed(source)).error;

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
}
