import { beforeAll, expect, it } from "vitest";
import { live } from "../../../lib/export/formats/live.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { code, notebookText, prose } from "../notebooks.js";
import { describeInChromium, onDisk, type Opened } from "./chromium.js";
import { linkTo, output, run } from "./live-page.js";

const blank = notebookText([prose("# Blank"), code("1"), code("2")]);

describeInChromium("memory of a live page's cells", (openFile) => {
  let folder = "";
  beforeAll(async () => {
    folder = onDisk(await filesOf(live, await fixtureJob({ blank })));
  });
  /** Opens the blank page with these cells, whose time is not limited. */
  const cellsWith = async (first: string, second: string): Promise<Opened> => {
    const opened = await openFile(`${folder}/blank.live.html`, {
      hash: linkTo("blank.student", { "cell-c2": first, "cell-c3": second }),
    });
    await opened.page.waitForSelector("body.lab-live");
    await opened.page.locator("#lab-limit").selectOption("0");
    opened.page.setDefaultTimeout(60_000);
    return opened;
  };

  it.each([
    ["a list", "let head: unknown; for (;;) head = { head, more: new Array(4000).fill(0.5) };"],
    [
      "a list of lists of texts",
      "const all: string[][] = []; for (;;) all.push(Array.from({ length: 5000 }, (_, i) => `${i}`.padEnd(1000)));",
    ],
    [
      "a chain of closures that recovers from errors",
      `let last = (): unknown => 0;
       const grow = (): void => {
         const more = new Array(4000).fill(0.5), before = last;
         last = () => [more, before];
       };
       for (;;) try { grow(); } catch {}`,
    ],
    [
      "a map of nodes, with a pause in every step",
      `class Node { constructor(readonly more = Array.from({ length: 40_000 }, () => 0.5)) {} }
       const map = new Map<number, Node>();
       for (let i = 0; ; i++) { map.set(i, new Node()); await null; }`,
    ],
  ])("ends %s that grows without end, says so, and keeps the edits", async (_, source) => {
    const { page, errors } = await cellsWith(source, "40 + 2");
    const status = (await run(page, 1)).locator(".lab-status");
    expect(await status.innerText()).toBe(
      "ended: cells hold more than 512 MB of objects. Does a list grow without end?",
    );
    expect(await page.locator("#lab-message").innerText()).toContain("cell 1: ended");
    expect(await output(await run(page, 2))).toBe("42\n");
    await page.reload();
    await page.waitForSelector("body.lab-live");
    const editor = page.getByRole("textbox", { name: "Code of cell 1" });
    expect(await editor.innerText()).toContain(source.slice(0, 20));
    expect(errors).toEqual([]);
  });

  it("lets a cell make far more than that, as long as it does not hold it", async () => {
    const { page } = await cellsWith(
      `let last: number[] = [], wave: number[][] = [];
       for (let i = 0; i < 80_000; i++) last = new Array<number>(4000).fill(i + 0.5);
       for (let i = 0; i < 30_000; i++) {
         if (i % 10_000 === 0) wave = [];
         wave.push(new Array<number>(4000).fill(i + 0.5));
       }
       last.length + wave.length`,
      "const others = Array.from({ length: 1000 }, (_, i) => ({ i }));\nothers.length",
    );
    expect(await output(await run(page, 1))).toBe("14000\n");
    expect(await output(await run(page, 2))).toBe("1000\n");
  });
});
