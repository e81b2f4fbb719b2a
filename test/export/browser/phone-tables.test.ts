import { beforeAll, expect, it } from "vitest";
import { html } from "../../../lib/export/formats/html.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { code, display, notebookText, prose } from "../notebooks.js";
import { describeInChromium, onDisk, scrollThrough } from "./chromium.js";

const pairs =
  "| pair | can they wait for each other on one wakeup lock? |\n|---|---|\n" +
  "| sched_out, handler | no: on two CPUs they take two locks, and on one CPU IRQs are off |\n";
/** C beside its statements, wider than a phone, as a table of the lab's own. */
const beside =
  `<table class="lab-beside"><tr><td style="white-space:pre">${"raw_spin_lock(lock); ".repeat(4)}</td>` +
  `<td style="white-space:pre">raw_spin_lock(rq)</td></tr></table>`;
const besides = notebookText([
  prose(`# Beside\n\n${pairs}`),
  code("show(beside)", [display({ "text/plain": "C beside statements", "text/html": beside })]),
]);

describeInChromium("tables on a phone", (open) => {
  let page = "";
  beforeAll(async () => {
    page = `${onDisk(await filesOf(html, await fixtureJob({ besides })))}/besides.html`;
  });

  it("move sideways in their own place, by keyboard too, where they are figures", async () => {
    const { page: shown } = await open(page, { width: 390 });
    await scrollThrough(shown);
    expect(await shown.evaluate("document.documentElement.scrollWidth")).toBe(390);
    const figure = shown.locator(".lab-figure-text");
    await expect.poll(() => figure.getAttribute("tabindex")).toBe("0");
    await figure.focus();
    await shown.keyboard.press("ArrowRight");
    await expect.poll(() => figure.evaluate((one) => one.scrollLeft)).toBeGreaterThan(0);
  });

  it("of two columns fit as they are", async () => {
    const { page: shown } = await open(page, { width: 390 });
    const box = await shown.locator(".lab-scroll > table").boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    expect(box?.height).toBeLessThan(200);
  });
});
