/** What checks the cells of a book: TypeScript's own service and the lab's C, from the book's folder alone. */
import { rmSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { book } from "../../../lib/export/formats/book.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { code, notebookText, prose } from "../notebooks.js";
import { describeInChromium, onDisk, type Opened } from "./chromium.js";
import { output, run, write } from "./live-page.js";

const cells = notebookText([
  prose("# Cells"),
  code("import { c, explore, type Scenario } from 'lockdep-lab';\nlet count = 1;"),
  code("const twice = count * 2;\ntwice"),
  code("const text = c`\nstatic DEFINE_MUTEX(a);\n`;"),
]);

describeInChromium("the language of a book, opened from disk", (openFile) => {
  let folder = "";
  beforeAll(async () => {
    folder = onDisk(await filesOf(book, await fixtureJob({ cells })));
  });
  const open = async (): Promise<Opened> => {
    const opened = await openFile(`${folder}/cells.html`);
    await opened.page.waitForSelector("body.lab-live");
    return opened;
  };
  const problems = (page: Page, number: number): Locator =>
    page.getByRole("list", { name: `Problems of cell ${number}` });

  it("is not loaded before a reader comes to a cell, and then from the book's folder", async () => {
    const { page, requests, errors } = await open();
    const scripts = (): Promise<unknown> =>
      page.evaluate("[...document.scripts].map(({ src }) => src.replace(/.*[/]/, ''))");
    expect(await scripts()).not.toContain("language.js");
    await page.getByRole("textbox", { name: "Code of cell 2" }).focus();
    await expect.poll(scripts).toContain("language.js");
    await write(page, 2, 'const n: number = "hello";');
    await problems(page, 2).waitFor();
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  it('says that `const n: number = "hello"` is an error, and leads to the place', async () => {
    const { page } = await open();
    await write(page, 2, 'twice;\nconst n: number = "hello";');
    await problems(page, 2)
      .getByText("TypeScript, line 2 Type 'string' is not assignable to type 'number'.")
      .waitFor();
    const marked = page.locator(".lab-cell").nth(1).locator(".cm-lintRange-error");
    expect(await marked.allInnerTexts()).toContain("n");
    await page.getByRole("button", { name: "TypeScript, line 2" }).click();
    await page.keyboard.type("m");
    await page.locator(".cm-line", { hasText: "const m: number" }).waitFor();
    await write(page, 2, "const n: number = count;");
    await problems(page, 2).waitFor({ state: "hidden" });
  });

  it("knows the names and the types of the cells above, as they are now", async () => {
    const { page } = await open();
    await write(page, 2, "const words: string = count;");
    await problems(page, 2).getByText("Type 'number' is not assignable").waitFor();
    await write(page, 1, "let count = 'one';");
    await problems(page, 2).waitFor({ state: "hidden" });
    await write(page, 2, "count = 2;");
    await problems(page, 2).getByText("Type 'number' is not assignable to type 'string'").waitFor();
  });

  it("says what is wrong with the C of a cell, at its line", async () => {
    const { page } = await open();
    const wrong = "static void f(void)\n{\n\tmutex_lok(&a);\n}";
    await write(page, 3, `const text = c\`\nstatic DEFINE_MUTEX(a);\n${wrong}\n\`;`);
    await problems(page, 3)
      .getByText(/C, line 5.*mutex_lok/)
      .waitFor();
    const marked = page.locator(".lab-cell").nth(2).locator(".cm-lintRange-error");
    expect((await marked.allInnerTexts()).join("")).toContain("mutex_lok");
  });

  it("completes names of the lab and imports them, and members of what the lab returns", async () => {
    const { page } = await open();
    const offered = page.locator(".cm-tooltip-autocomplete li");
    await write(page, 2, "");
    await page.keyboard.type("lockdepO");
    await offered.filter({ hasText: /^lockdepOn/ }).click();
    await page
      .locator(".lab-cell")
      .nth(1)
      .locator(".cm-line", { hasText: /^import \{ lockdepOn \} from "lockdep-lab";$/ })
      .waitFor();
    await write(page, 2, "const f = (s: Scenario) => explore(s)");
    await page.keyboard.type(".");
    await expect.poll(() => offered.allInnerTexts()).toContain("verdict");
    expect(await offered.allInnerTexts()).toContain("transitions");
  });

  it("explains a name of the lab under the pointer", async () => {
    const { page } = await open();
    await write(page, 2, "explore;");
    await page.locator(".lab-cell").nth(1).locator(".cm-line span", { hasText: "explore" }).hover();
    const hover = page.locator(".lab-hover");
    await hover.waitFor();
    expect(await hover.innerText()).toContain("explore(scenario: Scenario");
    expect(await hover.innerText()).toContain("Returns what can happen in a scenario");
  });

  it("is said to be missing where its file is, and cells run all the same", async () => {
    const other = onDisk(await filesOf(book, await fixtureJob({ cells })));
    rmSync(`${other}/assets/language.js`);
    const { page } = await openFile(`${other}/cells.html`);
    await page.waitForSelector("body.lab-live");
    await page.getByRole("textbox", { name: "Code of cell 2" }).focus();
    await page.getByText("Types are not checked: assets/language.js").waitFor();
    expect(await output(await run(page, 2))).toBe("2\n");
  });
});
