import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cellNames } from "../../lib/export/runtime/names.js";
import { labKernel } from "../../lib/notebook/client/kernels.js";
import { startKernel, type KernelProcess } from "../../lib/notebook/client/kernel-process.js";
import { isTagged, readNotebook, type Cell } from "../../lib/notebook/document/notebook.js";
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
  const needed = new Set(inviting.flatMap(({ at, after }) => ancestorsOf([at, ...after], names)));
  let kernel: KernelProcess;

  const run = async (source: string): Promise<string> => {
    const { reply } = await kernel.execute(source);
    return reply["status"] === "ok" ? "" : String(reply["evalue"]);
  };

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
      for (const { said, source } of [...changes, { said: "as it was", source: cell.source }]) {
        for (const [id, text] of [
          [cell.id, source] as const,
          ...after.flatMap((at) => {
            const later = cells[at];
            return later === undefined ? [] : [[later.id, later.source] as const];
          }),
        ]) {
          expect(`${said}, ${id}: ${await run(text)}`).toBe(`${said}, ${id}: `);
        }
      }
    },
    300_000,
  );
});

interface Names {
  readonly declares: ReadonlySet<string>;
  readonly uses: ReadonlySet<string>;
}

/** Types count as well: a cell is compiled before it runs. */
function namesOf({ source }: Cell): Names {
  const types = [...source.matchAll(/^(?:type|interface) (\w+)/gm)].flatMap(
    ([, type]) => type ?? [],
  );
  const capitals = [...source.matchAll(/\b[A-Z]\w*/g)].map(([word]) => word);
  const { declares, uses } = cellNames(source);
  return { declares: new Set([...declares, ...types]), uses: new Set([...uses, ...capitals]) };
}

/** The later cells that use what a cell declares, and those that use what they declare. */
function dependentsOf(at: number, names: readonly Names[]): readonly number[] {
  const changed = new Set(names[at]?.declares);
  const found: number[] = [];
  for (const [later, { uses, declares }] of names.entries()) {
    if (later <= at || !meet(changed, uses)) continue;
    found.push(later);
    for (const name of declares) changed.add(name);
  }
  return found;
}

/** The cells that some cells need, themselves included. */
function ancestorsOf(some: readonly number[], names: readonly Names[]): readonly number[] {
  const found = new Set(some);
  for (let at = names.length - 1; at >= 0; at--) {
    if (!found.has(at)) continue;
    for (const [earlier, { declares }] of names.entries()) {
      if (earlier < at && meet(names[at]?.uses ?? new Set(), declares)) found.add(earlier);
    }
  }
  return [...found];
}

const meet = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...others].some((name) => some.has(name));
