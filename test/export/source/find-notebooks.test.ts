import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findNotebooks } from "../../../lib/export/source/find-notebooks.js";

const folder = mkdtempSync(join(tmpdir(), "lab-find-"));
for (const name of ["02-locks.ipynb", "01-the-splat.ipynb", "notes.txt"]) {
  writeFileSync(join(folder, name), "{}");
}
mkdirSync(join(folder, "more"));
const [first, second] = ["01-the-splat", "02-locks"].map((stem) => join(folder, `${stem}.ipynb`));

describe("notebooks that are named", () => {
  it("are all of the folder's in reading order where none is", () => {
    expect(findNotebooks([], folder)).toEqual([first, second]);
    expect(findNotebooks([], join(folder, "no such"))).toEqual([]);
  });

  it("may be named by number, by name, by file and by path", () => {
    for (const name of ["01", "01-the-splat", "01-the-splat.ipynb", first ?? ""]) {
      expect(findNotebooks([name], folder)).toEqual([first]);
    }
    expect(findNotebooks(["02", "01"], folder)).toEqual([second, first]);
  });

  it.each([
    ["01-the-spalt", /^no notebook is called "01-the-spalt"; did you mean 01-the-splat\?$/],
    ["99", /^no notebook is called "99"; there are 01-the-splat, 02-locks$/],
    [join(folder, "more"), /^no notebook is called ".*more"; there are 01-the-splat, 02-locks$/],
    [join(folder, "03.ipynb"), /^no notebook is called ".*03\.ipynb"; there are/],
  ])("are missed by name: %s", (name, message) => {
    expect(() => findNotebooks([name], folder)).toThrow(message);
  });
});
