import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runNotebook } from "../../lib/notebook/client/run-notebook.js";
import { readNotebook } from "../../lib/notebook/document/notebook-file.js";
import { notebookFile } from "./files.js";

const long = process.env["LAB_LONG_TESTS"] === "1";
const small = (name: string): string =>
  fileURLToPath(new URL(`../splat/small/${name}.txt`, import.meta.url));

/** Every kind of report makes its own way through the cells; by default the one with the least. */
const kinds = [
  "I5-idle-cpu",
  ...(long
    ? [
        "J1-mutex-in-softirq",
        "S1-lockdep_assert_held-7.x",
        "R-max-lock-depth",
        "B3-only-chain-exists-of",
      ]
    : []),
];

describe("notebook 09 about a report of the reader's own", () => {
  it.each(kinds)("runs to its end: %s", async (name) => {
    const file = notebookFile("09-bring-your-own-splat.ipynb");
    const stored = readNotebook(file);
    const cells = stored.cells.map((cell) =>
      cell.id === "pasted"
        ? {
            ...cell,
            source: cell.source.replace(
              "const pasted = quoted;",
              `const pasted = logFile(${JSON.stringify(small(name))});`,
            ),
          }
        : cell,
    );
    const { failure } = await runNotebook(file, { ...stored, cells });
    expect(failure).toBeNull();
  });
});
