/** A real browser without a network, for pages that are opened from disk. */
import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { findChromium, startChromium } from "../../../lib/export/chromium.js";
import type { ExportFile } from "../../../lib/export/format.js";

/** A page with all that it wanted to load and all that went wrong in it. */
export interface Opened {
  readonly page: Page;
  /** Addresses outside of the disk and of the page itself. */
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

/** How a page is opened. */
export interface OpenOptions {
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
  readonly hash?: string;
}

/** Opens a page. */
export type Open = (path: string, options?: OpenOptions) => Promise<Opened>;

/** Describes what needs Chromium; without one it says loudly what did not run. */
export function describeInChromium(name: string, define: (open: Open) => void): void {
  if (findChromium() === undefined) {
    process.stderr.write(`\nNOT RUN, there is no Chromium: ${name}\n`);
    describe.skip(`${name} (no Chromium)`, () => undefined);
    return;
  }
  describe(name, () => {
    const started: { browser?: Browser } = {};
    beforeAll(async () => {
      started.browser = await startChromium();
    });
    afterAll(() => started.browser?.close());
    afterEach(async () => {
      // Pages of tests that have ended would go on drawing.
      for (const context of started.browser?.contexts() ?? []) await context.close();
    });
    define(async (path, { dark = false, width = 1200, height = 900, hash = "" } = {}) => {
      const { browser } = started;
      if (browser === undefined) throw new Error("the browser has not started");
      const context = await browser.newContext({
        offline: true,
        colorScheme: dark ? "dark" : "light",
        viewport: { width, height },
        reducedMotion: "reduce",
      });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      const requests: string[] = [];
      const errors: string[] = [];
      context.on("request", (request) => {
        if (!/^(?:file|data|blob|about):/.test(request.url())) requests.push(request.url());
      });
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(pathToFileURL(path).href + hash);
      return { page, requests, errors };
    });
  });
}

/** Puts files into a folder of their own and returns it. */
export function onDisk(files: readonly ExportFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), "lab-pages-"));
  for (const { path, data } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), data);
  }
  return folder;
}

/** Scrolls through the page, so that everything that waits for it is drawn. */
export async function scrollThrough(page: Page): Promise<void> {
  const height = Number(await page.evaluate("document.body.scrollHeight"));
  for (let y = 0; y < height; y += 500) {
    await page.evaluate(`scrollTo(0, ${y})`);
    await page.waitForTimeout(40);
  }
}
