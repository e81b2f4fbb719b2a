import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BrowserContext } from "playwright-core";
import { findChromium, noChromium, openChromium } from "./chromium.js";
import { startLab, type LabServer } from "./lab-server.js";
import { openNotebook } from "./notebook-page.js";

const browser = findChromium();

describe("JupyterLab as npm start opens it", { timeout: 240_000 }, () => {
  let lab: LabServer | null = null;
  let context: BrowserContext | null = null;
  beforeAll(async () => {
    if (browser === null) return;
    lab = await startLab();
    context = await openChromium(browser);
  }, 240_000);
  afterAll(async () => {
    await context?.close();
    await lab?.stop();
  }, 60_000);

  it("runs the first notebook without error and shows its figures", async (test) => {
    if (context === null || lab === null) return test.skip(noChromium);
    const notebook = await openNotebook(context, lab.url);
    await notebook.clearOutputs();
    expect(await notebook.outputs.count()).toBe(0);
    await notebook.runAll();

    const failed = notebook.outputs.locator(
      '[data-mime-type$="error"], [data-mime-type$="stderr"]',
    );
    expect(await failed.allInnerTexts()).toEqual([]);
    const images = notebook.outputs.locator("img");
    expect(await images.count()).toBeGreaterThan(0);
    for (const image of await images.all()) {
      expect(await image.getAttribute("alt")).not.toBe("");
      const { width, height, colours, drawn } = await notebook.painted(image);
      expect(width).toBeGreaterThan(200);
      expect(height).toBeGreaterThan(80);
      expect(colours).toBeGreaterThan(8);
      expect(drawn).toBeGreaterThan(0.02);
    }
    expect(await notebook.page.locator(".Toastify__toast").count(), "no news pop-up").toBe(0);
  });

  it("interrupts a runaway cell, and the kernel still knows everything", async (test) => {
    if (context === null || lab === null) return test.skip(noChromium);
    const notebook = await openNotebook(context, lab.url);
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
  });
});
