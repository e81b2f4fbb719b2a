import { expect } from "vitest";
import type { BrowserContext, Locator, Page } from "playwright-core";

/** A notebook open in JupyterLab. */
export interface NotebookPage {
  readonly page: Page;
  /** The outputs of all cells. */
  readonly outputs: Locator;
  /** Those that are errors, or went to stderr. */
  readonly complaints: Locator;
  /** The figures as they are shown: pictures in the page, those of step players, images, and charts. */
  readonly figures: Locator;
  /** Runs all cells and waits until none is waiting or running, or one has failed. */
  runAll(): Promise<void>;
  /** The cell at a position of the file, from 0. */
  cell(position: number): Locator;
  /** Puts other code into a cell, runs it and waits for it; returns the text of its output. */
  rewrite(position: number, code: string): Promise<string>;
  /** Puts code into a new cell at the end and starts it. */
  runNew(code: string): Promise<Locator>;
  /** Waits until no cell is waiting or running. */
  idle(): Promise<void>;
  clearOutputs(): Promise<void>;
  /** Chooses an entry of a menu: `choose("Kernel", "Interrupt Kernel")`. */
  choose(menu: string, entry: string): Promise<void>;
  /** Ends the kernel and closes the page. */
  close(): Promise<void>;
}

const minute = 60_000;

/**
 * Opens a notebook; nothing that is done to it is written to disk.
 *
 * @param url as `npm start` prints it: that of the first notebook
 * @param name another notebook's file name
 */
export async function openNotebook(
  context: BrowserContext,
  url: string,
  name?: string,
): Promise<NotebookPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(2 * minute);
  // Higher than any figure, and beside the panel as wide as any, which keep their size and scroll where there is less
  // room: what lies outside of a notebook's pane is in no picture of it.
  await page.setViewportSize({ width: 1500, height: 1700 });
  // JupyterLab saves by itself; a test must not change the notebooks it opens.
  // It is told that it did, since it asks the reader what to do about a file that cannot be saved.
  await page.route("**/api/contents/**", async (route) => {
    const request = route.request();
    if (request.method() !== "PUT") {
      await route.continue();
      return;
    }
    const { pathname, origin } = new URL(request.url());
    const headers = await request.allHeaders();
    const stored = await page.request.get(`${origin}${pathname}?content=0`, {
      headers: { authorization: headers["authorization"] ?? "" },
    });
    await route.fulfill({ response: stored });
  });
  // Without the layout that an earlier visit has left.
  const own = name === undefined ? url : url.replace(/notebooks\/[^?]*/, `notebooks/${name}`);
  await page.goto(`${own}&reset`);
  const notebook = page.locator(".jp-NotebookPanel:visible");
  await page.locator("#jp-main-statusbar", { hasText: "TypeScript | Idle" }).waitFor();
  await notebook.locator(".jp-CodeCell .jp-InputPrompt").first().waitFor();

  const choose = async (menu: string, entry: string): Promise<void> => {
    await page.locator(".lm-MenuBar-itemLabel", { hasText: new RegExp(`^${menu}$`) }).click();
    await page
      .locator(".lm-Menu-itemLabel", { hasText: new RegExp(`^${entry}`) })
      .first()
      .click();
  };
  const idle = async (): Promise<void> => {
    await expect
      .poll(() => notebook.locator(".jp-InputPrompt", { hasText: "[*]" }).count(), {
        timeout: 3 * minute,
        interval: 200,
      })
      .toBe(0);
  };
  const complaints = notebook.locator('[data-mime-type$="error"], [data-mime-type$="stderr"]');
  const cell = (position: number): Locator => notebook.locator(".jp-Cell").nth(position);
  return {
    page,
    outputs: notebook.locator(".jp-OutputArea-output"),
    complaints,
    figures: notebook.locator(
      ".jp-OutputArea img:visible, .jp-OutputArea .lab-inline > svg, " +
        '.jp-OutputArea [data-part="picture"] > svg, .jp-OutputArea .js-plotly-plot',
    ),
    async runAll() {
      await choose("Run", "Run All Cells");
      // All cells are sent at once: when each prompt has its number, all are through. Cells whose input is
      // folded have a prompt without one; for those the kernel has to be idle, and to stay so.
      const prompts = notebook.locator(
        ".jp-CodeCell .jp-InputPrompt:not(.jp-Placeholder-prompt):visible",
      );
      const over = async (): Promise<boolean> => {
        if ((await complaints.count()) > 0) return true;
        const texts = await prompts.allInnerTexts();
        return texts.length > 0 && texts.every((text) => /\[\d+\]/.test(text));
      };
      await expect.poll(over, { timeout: 8 * minute, interval: 200 }).toBe(true);
      await idle();
      let quiet = 0;
      const stays = async (): Promise<boolean> => {
        const busy = await page.locator("#jp-main-statusbar", { hasText: "| Busy" }).count();
        quiet = busy > 0 ? 0 : quiet + 1;
        return quiet >= 5;
      };
      await expect.poll(stays, { timeout: 3 * minute, interval: 300 }).toBe(true);
    },
    cell,
    async rewrite(position, code) {
      await cell(position).locator(".cm-content").click();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(code);
      const prompt = cell(position).locator(".jp-InputPrompt");
      const before = await prompt.innerText();
      await page.keyboard.press("Control+Enter");
      await expect
        .poll(() => prompt.innerText(), { timeout: 2 * minute, interval: 100 })
        .not.toBe(before);
      await idle();
      return await cell(position).locator(".jp-OutputArea").innerText();
    },
    async runNew(code) {
      const count = await notebook.locator(".jp-CodeCell").count();
      await notebook.locator(".jp-Cell").last().click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("b");
      const made = notebook.locator(".jp-CodeCell").nth(count);
      await made.locator(".cm-content").click();
      await page.keyboard.insertText(code);
      await page.keyboard.press("Control+Enter");
      return made;
    },
    idle,
    clearOutputs: () => choose("Edit", "Clear Outputs of All Cells"),
    choose,
    async close() {
      await choose("Kernel", "Shut Down Kernel");
      await page.close();
    },
  };
}
