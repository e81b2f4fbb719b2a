/** Kernel C in the cells of a live page: coloured, completed and run as what it is. */
import { beforeAll, expect, it } from "vitest";
import { live } from "../../../lib/export/formats/live.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { code, notebookText, prose } from "../notebooks.js";
import { describeInChromium, onDisk } from "./chromium.js";
import { output, run } from "./live-page.js";

const text = [
  "static DEFINE_RAW_SPINLOCK(lock);",
  "static void path(void)",
  "{",
  "\traw_spin_lock(&lock);",
  "\traw_spin_unlock(&lock);",
  "}",
].join("\n");
const cells = notebookText([
  prose("# C"),
  code("import { c, explore, loadKernelC } from 'lockdep-lab';"),
  code(`const text = c\`\n${text}\n\`;\nconst other: string = \`static void\`;`),
  code(
    "const kernelC = await loadKernelC();\nexplore(kernelC(text, { threads: ['path on 0'] })).verdict",
  ),
]);

describeInChromium("C in a live page", (open) => {
  let file = "";
  beforeAll(async () => {
    file = `${onDisk(await filesOf(live, await fixtureJob({ cells })))}/cells.live.html`;
  });

  it("is coloured as C in a c`...` template, and as a string in any other", async () => {
    const { page } = await open(file);
    await page.waitForSelector("body.lab-live");
    await page.getByRole("textbox", { name: "Code of cell 2" }).focus();
    const lines = page.locator(".lab-cell").nth(1).locator(".cm-line");
    const kinds = lines.filter({ hasText: "static void path" }).locator("[class*=tok-]");
    await kinds.first().waitFor();
    const said = await kinds.evaluateAll((all) =>
      all.map((one) => `${one.textContent} ${one.getAttribute("class") ?? ""}`),
    );
    expect(said).toContainEqual(expect.stringMatching(/^static tok-keyword/));
    expect(said).not.toContainEqual(expect.stringMatching(/tok-string/));
    const plain = lines.filter({ hasText: "const other" }).locator(".tok-string2, .tok-string");
    expect(await plain.allInnerTexts()).toEqual(["`static void`"]);
  });

  it("is completed by the kernel's names, and TypeScript beside it is not", async () => {
    const { page } = await open(file);
    await page.waitForSelector("body.lab-live");
    const cell = page.locator(".lab-cell").nth(1);
    await page.getByRole("textbox", { name: "Code of cell 2" }).focus();
    await cell.locator(".cm-line", { hasText: "raw_spin_unlock" }).click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("raw_spin_lock_irqs");
    const offered = page.locator(".cm-tooltip-autocomplete li");
    await offered.first().waitFor();
    expect(await offered.allInnerTexts()).toContain("raw_spin_lock_irqsave");
  });

  it("runs, without a request", async () => {
    const { page, requests, errors } = await open(file);
    await page.waitForSelector("body.lab-live");
    expect(await output(await run(page, 3))).toBe("safe\n");
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });
});
