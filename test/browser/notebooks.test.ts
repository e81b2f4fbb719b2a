import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNotebook } from "../../lib/notebook/document/notebook.js";
import { notebookFile, notebookNames } from "../notebook/files.js";
import { findChromium, noChromium, openChromium } from "./chromium.js";
import { type LabServer, startLab } from "./lab-server.js";
import { openNotebook } from "./notebook-page.js";

const browser = findChromium();
const minutes = 60_000;

/** How many stored figures are an image and nothing that JupyterLab would draw in its place. */
function stillFigures(name: string): number {
  return readNotebook(notebookFile(name))
    .cells.flatMap((cell) => (cell.kind === "code" ? cell.outputs : []))
    .map((output) => JSON.stringify(output))
    .filter((text) => text.includes("<img ") && !/vnd\.(plotly|mermaid|lockdep-lab)/.test(text))
    .length;
}

describe("the notebooks in JupyterLab", { timeout: 5 * minutes }, () => {
  let lab: LabServer | null = null;
  let context: BrowserContext | null = null;
  beforeAll(async () => {
    if (browser === null) return;
    lab = await startLab();
    context = await openChromium(browser);
  }, 5 * minutes);
  afterAll(async () => {
    await context?.close();
    await lab?.stop();
  }, minutes);

  const open = async (name: string) => {
    if (context === null || lab === null) return null;
    return openNotebook(
      context,
      lab.url.replace(/[^/]+\.ipynb/, `${name.replace(/\.ipynb$/, "")}.ipynb`),
    );
  };

  it.for(notebookNames)("%s runs without error, and its images are painted", async (name, test) => {
    const notebook = await open(name);
    if (notebook === null) return test.skip(noChromium);
    await notebook.clearOutputs();
    await notebook.runAll();
    const failed = notebook.outputs.locator(
      '[data-mime-type$="error"], [data-mime-type$="stderr"]',
    );
    expect(await failed.allInnerTexts()).toEqual([]);
    let figures = 0;
    for (const image of await notebook.outputs.locator("img").all()) {
      if (!(await image.isVisible())) continue;
      figures += 1;
      expect(await image.getAttribute("alt")).not.toBe("");
      const { width, height, colours, drawn } = await notebook.painted(image);
      expect(width).toBeGreaterThan(150);
      expect(height).toBeGreaterThan(60);
      expect(colours).toBeGreaterThan(8);
      expect(drawn).toBeGreaterThan(0.01);
    }
    expect(figures).toBeGreaterThanOrEqual(Math.max(1, stillFigures(name)));
    await notebook.page.close();
  });

  it("fails an exercise with a counterexample, and accepts what mends it", async (test) => {
    const notebook = await open("02-locks-irqs-cpus");
    if (notebook === null) return test.skip(noChromium);
    await notebook.runAll();
    const cell = notebook.page.locator(".jp-CodeCell", { hasText: "mend.check(myTask)" }).first();
    const output = cell.locator(".jp-OutputArea");
    await output.getByText("An interrupt that counts: not yet").first().waitFor();
    expect(await output.innerText()).toContain("task waits: load count");

    await cell.locator(".cm-content").click();
    await notebook.page.keyboard.press("Control+A");
    await notebook.page.keyboard.insertText(
      "const myTask = [local_irq_disable(), ...locked(0), local_irq_enable()];\nmend.check(myTask);",
    );
    await notebook.page.keyboard.press("Control+Enter");
    await output.getByText("An interrupt that counts: solved").waitFor();
    expect(await output.innerText()).toContain("Not tested");
    await notebook.page.close();
  });
});
