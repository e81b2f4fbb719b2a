import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BrowserContext, Locator } from "playwright-core";
import { readNotebook } from "../../lib/notebook/document/notebook-file.js";
import { isTagged, type Cell } from "../../lib/notebook/document/notebook.js";
import { notebookFile, notebookNames } from "../notebook/files.js";
import { findChromium, noChromium, openChromium } from "./chromium.js";
import { startLab, type LabServer } from "./lab-server.js";
import { legible } from "./legible.js";
import { openNotebook, type NotebookPage } from "./notebook-page.js";
import { painted } from "./pixels.js";

const browser = findChromium();
const minutes = 60_000;

/** A minute each on a quiet machine: the others run with LAB_LONG_TESTS=1, and without a browser always. */
const always = /^(01|02|04|08|10)-/;
/** Those with the widest figures: how wide the stored ones of all are is tested without a browser. */
const widest = /^(02|04|08)-/;
const isLong = process.env["LAB_LONG_TESTS"] === "1";

const cellsOf = (name: string): readonly Cell[] => readNotebook(notebookFile(name)).cells;

/** Whether a cell's outputs are folded away, as those of a solution are. */
const isFolded = ({ metadata }: Cell): boolean =>
  JSON.stringify(metadata["jupyter"] ?? {}).includes('"outputs_hidden":true');

/** How many figures the stored outputs of cells show. */
const figuresIn = (cells: readonly Cell[]): number =>
  cells
    .flatMap(({ outputs }) => outputs)
    .filter((output) => JSON.stringify(output).includes("<img ")).length;

/** Looks at a figure as it is on the screen: its pixels, and each of its texts in its place. */
async function look(notebook: NotebookPage, figure: Locator): Promise<void> {
  await figure.scrollIntoViewIfNeeded();
  const picture = await figure.screenshot();
  const { width, height, colours, drawn } = await painted(notebook.page, picture);
  const { texts, unseen, tiny, overlapping } = await legible(figure, picture);
  const which = texts.slice(0, 3).join(", ");
  expect(width, which).toBeGreaterThan(200);
  expect(height, which).toBeGreaterThan(80);
  expect(colours, which).toBeGreaterThan(8);
  expect(drawn, which).toBeGreaterThan(0.01);
  expect(texts.length, which).toBeGreaterThan(2);
  expect({ unseen, tiny, overlapping }, which).toEqual({ unseen: [], tiny: [], overlapping: [] });
}

/** Opens the notebook again in a window that is so wide, and folds the panel beside it. */
async function fold({ page }: NotebookPage, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 1300 });
  await page.reload();
  await page.locator(".jp-CodeCell:visible .jp-InputPrompt").first().waitFor();
  await page.locator(".jp-SideBar .lm-TabBar-tab.lm-mod-current").first().click();
}

/** Runs in the page: how the texts of a cell's outputs break where they are too long for a line. */
const breaks = (cell: Element): readonly string[] =>
  Array.from(
    cell.querySelectorAll(".jp-RenderedText pre"),
    (text) => getComputedStyle(text).wordBreak,
  );

/** Runs in the page: the code of a cell, where it has to be scrolled sideways to be read. */
const longCode = (cell: Element): readonly string[] =>
  Array.from(cell.querySelectorAll(".jp-InputArea .cm-scroller"))
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
    .map(({ textContent }) => textContent.slice(0, 60));

/** Runs in the page: how many figures a cell shows, and what of its outputs scrolls sideways or leaves its place. */
function sideways(cell: Element): { figures: number; scrolling: string[] } {
  const drawn = cell.querySelectorAll(
    '.lab-inline > svg, [data-part="picture"] > svg, .js-plotly-plot',
  );
  const around = cell.querySelectorAll(".jp-OutputArea-child, .jp-OutputArea-child *");
  const scrolls = Array.from(around).filter((element) => {
    const { overflowX } = getComputedStyle(element);
    return /auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
  });
  const right = cell.getBoundingClientRect().right;
  const leaves = Array.from(drawn).filter((svg) => svg.getBoundingClientRect().right > right + 1);
  const scrolling = [...scrolls, ...leaves].map((element) => element.textContent.slice(0, 60));
  return { figures: drawn.length, scrolling };
}

/** What a reader does in a notebook that ran. */
interface Then {
  readonly title: string;
  readonly check: (notebook: NotebookPage) => Promise<void>;
}

async function answerAndStep(notebook: NotebookPage): Promise<void> {
  const cells = cellsOf("02-locks-irqs-cpus.ipynb");
  const at = cells.findIndex(
    (cell) => isTagged(cell, "exercise") && cell.source.includes("mend.check"),
  );
  const answer = notebook.cell(at).locator(".jp-OutputArea");
  const failed = await answer.innerText();
  expect(failed).toContain("An interrupt that counts: not yet");
  expect(failed).toContain("task is not running: load count");
  expect(await answer.locator(".lab-inline > svg").count()).toBe(1);
  const solved = await notebook.rewrite(
    at,
    "const myTask = [local_irq_disable(), ...locked(0), local_irq_enable()];\nmend.check(myTask);",
  );
  expect(solved).toContain("An interrupt that counts: solved");
  expect(solved).toContain("Not tested");
  const file = notebookFile("02-locks-irqs-cpus.ipynb");
  await notebook.choose("File", "Save Notebook");
  await notebook.page.locator(".lm-mod-current", { hasText: "02-locks" }).first().waitFor();
  expect(await notebook.page.locator(".jp-Dialog").count(), "no dialog").toBe(0);
  expect(readNotebook(file).cells[at]?.source).toBe(cells[at]?.source);

  const player = notebook.page.locator(".lab-player").first();
  const picture = player.locator('[data-part="picture"]');
  const step = player.locator('[data-part="title"]');
  const shown = async (): Promise<string> => (await picture.getAttribute("aria-label")) ?? "";
  const start = await shown();
  await player.locator('[data-part="next"]').click();
  expect(await step.innerText()).toBe("step 1 of 8");
  expect(await shown()).not.toBe(start);
  await player.press("End");
  expect(await step.innerText()).toBe("step 8 of 8");
  await player.press("ArrowLeft");
  expect(await step.innerText()).toBe("step 7 of 8");
  await player.locator('[data-part="slider"]').fill("5");
  expect(await step.innerText()).toBe("step 5 of 8");
  expect(await shown()).toContain("IRQs");
  await player.press("Home");
  expect(await shown()).toBe(start);
}

async function changeTheFix(notebook: NotebookPage): Promise<void> {
  const cells = cellsOf("08-try-your-own-fix.ipynb");
  const place = (id: string): number => cells.findIndex((cell) => cell.id === id);
  const source = (id: string): string => cells[place(id)]?.source ?? "";
  const code = source("bench-code");
  const changed = code.replace("vcpu->cpu), 0);", "vcpu->cpu), 1);");
  expect(changed).not.toBe(code);

  const judge = (fix: string): Promise<string> => notebook.rewrite(place("bench-code"), fix);
  const before = await judge(code);
  expect(before).toMatch(/lockdep +owin circular/);
  expect(before).toMatch(/together +false positive/);
  const after = await judge(changed);
  expect(after).toMatch(/lockdep +owin silent/);
  expect(after).toMatch(/HIDDEN: lockdep is silent; deadlock/);
  expect(after).toMatch(/together +both find nothing/);
  expect(await notebook.complaints.allInnerTexts()).toEqual([]);
}

const thenIn: Readonly<Record<string, Then>> = {
  "02-locks-irqs-cpus.ipynb": {
    title:
      "fails an exercise with a counterexample, accepts what mends it, and steps through a schedule",
    check: answerAndStep,
  },
  "08-try-your-own-fix.ipynb": {
    title: "changes the marked line of the workbench, and the verdict changes",
    check: changeTheFix,
  },
};

describe("JupyterLab as npm start opens it", { timeout: 10 * minutes }, () => {
  let lab: LabServer | null = null;
  let context: BrowserContext | null = null;
  beforeAll(async () => {
    if (browser === null) return;
    lab = await startLab();
    context = await openChromium(browser);
  }, 4 * minutes);
  afterAll(async () => {
    await context?.close();
    await lab?.stop();
  }, minutes);

  const open = async (name?: string): Promise<NotebookPage | null> => {
    // A test that failed leaves its page open, and JupyterLab would give the next another workspace.
    for (const page of context?.pages().slice(1) ?? []) await page.close();
    return context === null || lab === null ? null : await openNotebook(context, lab.url, name);
  };

  describe.each(notebookNames)("%s", (name) => {
    let opened: NotebookPage | null = null;
    // What is done in it comes after it ran, by whichever test.
    const ran = async (): Promise<NotebookPage | null> => {
      if (opened !== null) return opened;
      opened = await open(name);
      await opened?.clearOutputs();
      expect((await opened?.outputs.count()) ?? 0).toBe(0);
      await opened?.runAll();
      return opened;
    };
    afterAll(async () => {
      await opened?.close();
    }, minutes);

    it("runs without error, and every figure can be seen and read", async (test) => {
      if (!isLong && !always.test(name)) return test.skip("LAB_LONG_TESTS=1");
      const notebook = await ran();
      if (notebook === null) return test.skip(noChromium);
      expect(await notebook.complaints.allInnerTexts()).toEqual([]);
      await notebook.choose("View", "Expand All Outputs");
      const expected = figuresIn(cellsOf(name));
      expect(expected).toBeGreaterThan(0);
      await expect.poll(() => notebook.figures.count(), { timeout: minutes }).toBe(expected);
      for (const figure of await notebook.figures.all()) await look(notebook, figure);
      for (const image of await notebook.outputs.locator("img").all())
        expect(await image.getAttribute("alt")).not.toBe("");
      expect(await notebook.page.locator(".Toastify__toast").count(), "no news pop-up").toBe(0);
    });

    const then = thenIn[name];
    if (then !== undefined) {
      it(then.title, async (test) => {
        const notebook = await ran();
        if (notebook === null) return test.skip(noChromium);
        await then.check(notebook);
      });
    }
  });

  it.for(notebookNames)(
    "shows each figure of %s whole, and its code without scrolling, at 900 pixels",
    async (name, test) => {
      if (!isLong && !widest.test(name)) return test.skip("LAB_LONG_TESTS=1");
      const notebook = await open(name);
      if (notebook === null) return test.skip(noChromium);
      await fold(notebook, 900);
      await notebook.choose("View", "Expand All Outputs");
      const wide: string[] = [];
      const inWords: string[] = [];
      let seen = 0;
      for (const [at, { outputs }] of cellsOf(name).entries()) {
        if (outputs.length === 0) continue;
        // A cell far down is put into the page as it comes near.
        const cell = notebook.cell(at);
        await cell.evaluate((element) => {
          element.scrollIntoView();
        });
        await cell.locator(".jp-OutputArea-output").first().waitFor();
        await notebook.page.waitForTimeout(100);
        const { figures, scrolling } = await cell.evaluate(sideways);
        seen += figures;
        inWords.push(...(await cell.evaluate(breaks)).filter((how) => how !== "normal"));
        const code = await cell.evaluate(longCode);
        wide.push(...[...code, ...scrolling].map((text) => `cell ${at}: ${text}`));
      }
      expect(seen).toBeGreaterThan(0);
      expect(wide).toEqual([]);
      expect(inWords).toEqual([]);
      await notebook.close();
    },
  );

  it("shows the figures that a notebook came with, before anything has run", async (test) => {
    const name = "04-the-three-paths.ipynb";
    const notebook = await open(name);
    if (notebook === null) return test.skip(noChromium);
    await expect
      .poll(() => notebook.figures.count(), { timeout: minutes })
      .toBe(figuresIn(cellsOf(name).filter((cell) => !isFolded(cell))));
    await notebook.close();
  });

  it("keeps a chart's height where the side panel is folded in a narrow window", async (test) => {
    const notebook = await open("05-mutual-exclusion.ipynb");
    if (notebook === null) return test.skip(noChromium);
    const { page } = notebook;
    await fold(notebook, 900);
    const shown = cellsOf("05-mutual-exclusion.ipynb").findIndex(({ id }) => id === "irqs-show");
    // A cell far down is put into the page, with its chart, as it comes near.
    for (let times = 0; times < 3; times++) {
      await notebook.cell(shown).evaluate((element) => {
        element.scrollIntoView();
      });
      await page.waitForTimeout(1000);
    }
    const chart = notebook.cell(shown).locator(".js-plotly-plot");
    const { width, height } = (await chart.boundingBox()) ?? { width: 0, height: 0 };
    expect(width).toBeGreaterThan(700);
    expect(height).toBeGreaterThan(200);
    await notebook.close();
  });

  it("interrupts a runaway cell, and the kernel still knows everything", async (test) => {
    const notebook = await open();
    if (notebook === null) return test.skip(noChromium);
    await notebook.runNew("const kept = 6 * 7;");
    await notebook.idle();
    const runaway = await notebook.runNew("console.log('off'); await null; for (;;) {}");
    await runaway.locator(".jp-OutputArea", { hasText: "off" }).waitFor();
    await notebook.choose("Kernel", "Interrupt Kernel");
    await notebook.idle();
    expect(await runaway.locator(".jp-OutputArea").innerText()).toContain("stopped by the reader");
    const after = await notebook.runNew("kept");
    await notebook.idle();
    expect(await after.locator(".jp-OutputArea").innerText()).toContain("42");
    await notebook.close();
  });
});
