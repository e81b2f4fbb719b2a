import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
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

const folder = mkdtempSync(join(tmpdir(), "your-report-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A log of 11,000 lines, with what would break a paste, in which the report stands before another one. */
function inLongLog(name: string): string {
  const path = join(folder, `${name}.log`);
  const noise = (lines: number): string => "usb 1-1: `new` ${device}\n".repeat(lines);
  const [own, other] = [name, "H2-printk-under-scheduler-lock"].map((each) =>
    readFileSync(small(each), "utf8"),
  );
  writeFileSync(path, [noise(8000), own, noise(3000), other].join("\n"));
  return path;
}

describe("notebook 09 about a report of the reader's own", () => {
  it.each(kinds)("runs to its end: %s", async (name) => {
    const file = notebookFile("09-bring-your-own-splat.ipynb");
    const stored = readNotebook(file);
    const cells = stored.cells.map((cell) =>
      cell.id === "pasted"
        ? {
            ...cell,
            source: cell.source.replace(
              "const pasted = pastedLog(quoted);",
              `const pasted = logFile(${JSON.stringify(inLongLog(name))});`,
            ),
          }
        : cell,
    );
    const { failure } = await runNotebook(file, { ...stored, cells });
    expect(cells).not.toEqual(stored.cells);
    expect(failure).toBeNull();
  });
});
