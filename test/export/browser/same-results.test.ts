import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../../../lib/export/export.js";
import { live } from "../../../lib/export/formats/live.js";
import { showOutputs, type Shown } from "../../../lib/export/outputs.js";
import { parseNotebook } from "../../../lib/export/notebook.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { describeInChromium, onDisk } from "./chromium.js";

/** What a reader sees of a cell: its text, and each figure, as image and in words. */
interface Seen {
  readonly text: string;
  readonly figures: readonly { readonly alt: string; readonly image: string }[];
}

const digest = (image: string): string => createHash("sha256").update(image).digest("hex");

const folder = join(projectRoot, "notebooks");
const names = readdirSync(folder).filter((file) => file.endsWith(".ipynb"));

function seenIn(outputs: readonly Shown[]): Seen {
  return {
    text: outputs
      .map((one) =>
        one.kind === "text" ? one.text : one.kind === "error" ? `${one.name}: ${one.value}` : "",
      )
      .join(""),
    figures: outputs.flatMap((one) =>
      one.kind === "figure"
        ? [{ alt: one.picture?.alt ?? "", image: digest(one.picture?.src ?? "") }]
        : [],
    ),
  };
}

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
        figures: [...output.querySelectorAll(".lab-still img")].map(({ alt, src }) => ({ alt, image: src })),
      }))`);
      const expected = underTslab(text, name);
      expect(inPage).toHaveLength(expected.length);
      for (const [index, cell] of expected.entries()) {
        const figures = inPage[index]?.figures.map(({ alt, image }) => ({
          alt,
          image: digest(image),
        }));
        const seen: Partial<Seen> = { ...inPage[index], ...(figures && { figures }) };
        expect({ cell: index + 1, ...seen }).toEqual({ cell: index + 1, ...cell });
      }
      expect({ requests, errors }).toEqual({ requests: [], errors: [] });
    },
    300_000,
  );
});
