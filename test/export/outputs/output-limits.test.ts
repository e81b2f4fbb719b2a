import { describe, expect, it } from "vitest";
import { documentOf } from "../../../lib/export/format.js";
import { book } from "../../../lib/export/formats/book.js";
import { html } from "../../../lib/export/formats/html.js";
import { ipynb } from "../../../lib/export/formats/ipynb.js";
import { live } from "../../../lib/export/formats/live.js";
import { md } from "../../../lib/export/formats/md.js";
import { nbgrader } from "../../../lib/export/formats/nbgrader.js";
import { script } from "../../../lib/export/formats/ts.js";
import { handoutBody } from "../../../lib/export/print/handout.js";
import { slides } from "../../../lib/export/formats/slides.js";
import { outputLimits } from "../../../lib/export/outputs/output-limits.js";
import { parseNotebook } from "../../../lib/export/source/notebook.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { code, display, notebookText, prose, stdout } from "../notebooks.js";

const many = 50_000_000;
const huge = notebookText([
  prose("# Huge"),
  code("flood()", [stdout("0123456789\n".repeat(many / 11))]),
  code("show(huge)", [display({ "text/plain": "x", "image/png": "A".repeat(many) })]),
]);

describe("outputs of 50 MB", () => {
  it.each(Object.entries({ html, live, slides, md, ipynb, book }))(
    "are cut with a note in %s",
    async (_, format) => {
      const files = await filesOf(format, await fixtureJob({ huge }));
      // The book has programs beside its pages.
      const own = files.filter(({ path }) => path.startsWith("huge"));
      const text = own.map(({ data }) => String(data)).join("");
      expect(text.length).toBeLessThan(12_000_000);
      expect(text).toContain("[output cut here: it has 49,999,994 characters]");
      expect(text).toContain("[a figure of 50,000,001 characters is left out here]");
    },
  );

  it.each(Object.entries({ script, nbgrader }))(
    "are left out in %s, which has code alone",
    async (_, format) => {
      const files = await filesOf(format, await fixtureJob({ huge }, "teacher"));
      expect(files.map(({ data }) => String(data)).join("").length).toBeLessThan(100_000);
    },
  );

  it("take no more than some pages of paper", async () => {
    const job = await fixtureJob({ huge });
    const [source] = job.sources;
    if (source === undefined) throw new Error("there is no notebook");
    const body = handoutBody(
      documentOf(source, job, undefined),
      { date: new Date(0), version: "1", licence: "MIT" },
      undefined,
    );
    expect(body.length).toBeLessThan(40_000);
    expect(body).toContain("[cut here on paper: it has 1,0");
    expect(body).toContain("[a figure of 50,000,001 characters is left out here]");
  });

  it("are counted for the cell as a whole", () => {
    const half = stdout("x".repeat(outputLimits.text / 2 + 1));
    const err = { ...half, name: "stderr" };
    const [cell] = parseNotebook(notebookText([code("1", [half, err, half])]), "n").cells;
    const texts = cell?.kind === "code" ? cell.outputs : [];
    const lengths = texts.map((one) => (one.kind === "stream" ? one.text.length : 0));
    expect(lengths.reduce((sum, length) => sum + length)).toBeLessThan(outputLimits.text + 200);
  });

  it("that are not long stay as they are", () => {
    const text = "x".repeat(outputLimits.text);
    const [cell] = parseNotebook(notebookText([code("1", [stdout(text)])]), "n").cells;
    expect(cell).toMatchObject({ outputs: [{ text }] });
  });
});
