import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../../../lib/export/export.js";
import { live } from "../../../lib/export/formats/live.js";
import { showOutputs, type Shown } from "../../../lib/export/outputs/outputs.js";
import { renderOutputs } from "../../../lib/export/outputs/render.js";
import { parseNotebook } from "../../../lib/export/source/notebook.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { describeInChromium, onDisk } from "./chromium.js";

/** What a reader sees of a cell: its text, and each figure's markup. */
interface Seen {
  readonly text: string;
  readonly figures: readonly string[];
}

const digest = (figure: string): string => createHash("sha256").update(figure).digest("hex");

const folder = join(projectRoot, "notebooks");
const names = readdirSync(folder).filter((file) => file.endsWith(".ipynb"));

function seenIn(outputs: readonly Shown[]): Seen {
  return {
    text: outputs
      .map((one) =>
        one.kind === "text" ? one.text : one.kind === "error" ? `${one.name}: ${one.value}` : "",
      )
      .join(""),
    figures: outputs.flatMap((one) => (one.kind === "figure" ? [renderOutputs([one])] : [])),
  };
}

/** The figures' markup as the browser itself writes it, without what becomes of a figure when it is drawn. */
const figuresIn = `((root) => [...root.querySelectorAll(".lab-figure")].map((one) =>
  [...one.querySelectorAll(":scope > .lab-still > *, :scope > .lab-splat")].map((form) => form.outerHTML).join("")))`;

/**
 * Returns what each code cell shows under tslab: the stored outputs, which the notebooks' own test
 * makes again in a fresh kernel and compares.
 */
function underTslab(text: string, name: string): Seen[] {
  return parseNotebook(text, name).cells.flatMap((cell) =>
    cell.kind === "code" ? [seenIn(showOutputs(cell.outputs))] : [],
  );
}

describeInChromium("the live page beside tslab", (open) => {
  it.each(names)(
    "shows the same for every cell of %s",
    async (file) => {
      const name = file.replace(".ipynb", "");
      const text = readFileSync(join(folder, file), "utf8");
      const disk = onDisk(await filesOf(live, await fixtureJob({ [name]: text }, "teacher")));
      const { page, requests, errors } = await open(`${disk}/${name}.teacher.live.html`);
      await page.waitForSelector("body.lab-live");
      expect(statSync(`${disk}/${name}.teacher.live.html`).size).toBeLessThan(6_000_000);
      await page.selectOption("#lab-limit", "60");
      await page.getByRole("button", { name: "Run all" }).click();
      await page.waitForSelector("body.lab-live:not(.lab-busy)", { timeout: 200_000 });
      const inPage = await page.evaluate<readonly Seen[]>(`
      [...document.querySelectorAll(".lab-output")].map((output) => ({
        text: [...output.querySelectorAll(":scope > .lab-text")].map((one) => one.textContent).join(""),
        figures: ${figuresIn}(output),
      }))`);
      const expected = underTslab(text, name);
      const stored = await page.evaluate<readonly (readonly string[])[]>(
        `${JSON.stringify(expected.map(({ figures }) => figures))}.map((figures) => figures.flatMap((one) => {
          const root = document.createElement("template");
          root.innerHTML = one;
          return ${figuresIn}(root.content);
        }))`,
      );
      expect(inPage).toHaveLength(expected.length);
      for (const [index, cell] of expected.entries()) {
        const now = inPage[index];
        expect({ cell: index + 1, text: now?.text, figures: now?.figures.map(digest) }).toEqual({
          cell: index + 1,
          text: cell.text,
          figures: stored[index]?.map(digest),
        });
      }
      expect({ requests, errors }).toEqual({ requests: [], errors: [] });
    },
    300_000,
  );
});
