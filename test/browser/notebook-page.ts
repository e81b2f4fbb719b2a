import { expect } from "vitest";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { painted, type Painted } from "./pixels.js";

/** A notebook open in JupyterLab. */
export interface NotebookPage {
  readonly page: Page;
  /** The outputs of all cells. */
  readonly outputs: Locator;
  /** Runs all cells and waits until none is waiting or running. */
  runAll(): Promise<void>;
  /** Puts code into a new cell at the end and starts it. */
  runNew(code: string): Promise<Locator>;
  /** Waits until no cell is waiting or running. */
  idle(): Promise<void>;
  clearOutputs(): Promise<void>;
  /** Chooses an entry of a menu: `choose("Kernel", "Interrupt Kernel")`. */
  choose(menu: string, entry: string): Promise<void>;
  /** What an image shows, by its pixels. */
  painted(image: Locator): Promise<Painted>;
}

const minute = 60_000;

/** Opens a notebook; nothing that is done to it is written to disk. */
export async function openNotebook(context: BrowserContext, url: string): Promise<NotebookPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(minute);
  // JupyterLab saves by itself; a test must not change the notebooks it opens.
  await page.route("**/api/contents/**", (route) =>
    route.request().method() === "PUT" ? route.abort() : route.continue(),
  );
  // Without the layout that an earlier visit has left.
  await page.goto(`${url}&reset`);
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
        timeout: 2 * minute,
        interval: 200,
      })
      .toBe(0);
  };
  return {
    page,
    outputs: notebook.locator(".jp-OutputArea-output"),
    async runAll() {
      await choose("Run", "Run All Cells");
      // The last cell is sent at once with the first: its prompt tells when all are through.
      await expect
        .poll(() => notebook.locator(".jp-CodeCell .jp-InputPrompt").last().innerText(), {
          timeout: 2 * minute,
          interval: 200,
        })
        .toMatch(/\[\d+\]/);
      await idle();
    },
    async runNew(code) {
      const count = await notebook.locator(".jp-CodeCell").count();
      await notebook.locator(".jp-Cell").last().click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("b");
      const cell = notebook.locator(".jp-CodeCell").nth(count);
      await cell.locator(".cm-content").click();
      await page.keyboard.insertText(code);
      await page.keyboard.press("Control+Enter");
      return cell;
    },
    idle,
    clearOutputs: () => choose("Edit", "Clear Outputs of All Cells"),
    choose,
    painted: (image) => painted(page, image),
  };
}
