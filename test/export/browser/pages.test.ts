import { beforeAll, expect, it } from "vitest";
import { createBundles } from "../../../lib/export/bundle.js";
import { book } from "../../../lib/export/formats/book.js";
import { html } from "../../../lib/export/formats/html.js";
import { live } from "../../../lib/export/formats/live.js";
import { slides } from "../../../lib/export/formats/slides.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { fixture, hostile } from "../fixture.js";
import { code, notebookText, prose, stdout } from "../notebooks.js";
import { complaints } from "./axe.js";
import { describeInChromium, onDisk, scrollThrough } from "./chromium.js";

const long = Array.from({ length: 60 }, (_, i) => `line ${i} of a long output`).join("\n");
const deck = notebookText([
  prose("# A deck", { slideshow: { slide_type: "slide" } }),
  prose(`## Much text\n\n${"A sentence of some length. ".repeat(60)}`, {
    slideshow: { slide_type: "slide" },
  }),
  code("const many = 1;", [stdout(long)]),
  prose("Behind the output."),
  prose("In the end.", { slideshow: { slide_type: "fragment" } }),
  prose("Say this aloud.", { slideshow: { slide_type: "notes" } }),
]);
const other = notebookText([
  prose("# Another\n\nWords on `rq->__lock`.\n\n## Part of it\n\nThe needle."),
  code("1 + 1"),
]);

describeInChromium("pages of all formats, opened from disk", (open) => {
  let folder = "";
  beforeAll(async () => {
    const job = await fixtureJob({ fixture, other, deck }, "teacher", createBundles());
    const files = [html, live, slides].map((format) => filesOf(format, job));
    const site = await filesOf(book, job);
    folder = onDisk([
      ...(await Promise.all(files)).flat(),
      ...site.map(({ path, data }) => ({ path: `book/${path}`, data })),
    ]);
  });

  it.each([
    "fixture.teacher.html",
    "fixture.teacher.live.html",
    "book/index.html",
    "book/fixture.html",
  ])("%s has nothing that axe-core calls serious or critical, light and dark", async (file) => {
    for (const dark of [false, true]) {
      const { page } = await open(`${folder}/${file}`, { dark });
      await scrollThrough(page);
      await page.waitForTimeout(500);
      expect(await complaints(page)).toEqual([]);
    }
  });

  it("has headings in order and one main landmark", async () => {
    for (const file of [
      "fixture.teacher.html",
      "fixture.teacher.live.html",
      "book/index.html",
      "book/other.html",
    ]) {
      const { page } = await open(`${folder}/${file}`);
      expect(await page.locator("main").count()).toBe(1);
      const levels = await page
        .locator("h1,h2,h3,h4,h5,h6")
        .evaluateAll((all) => all.map(({ tagName }) => Number(tagName.slice(1))));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels.every((level, i) => level <= (levels[i - 1] ?? 0) + 1)).toBe(true);
    }
  });

  it("shows every word of a deck, and none of it below the edge of a slide", async () => {
    const { page, requests, errors } = await open(`${folder}/deck.teacher.slides.html`, {
      width: 1280,
    });
    await page.waitForSelector(".reveal.ready");
    expect(await complaints(page)).toEqual([]);
    const count = await page.locator(".slides section section").count();
    expect(count).toBeGreaterThan(3);
    let seen = "";
    for (let i = 0; i < count + 1; i++) {
      await page.waitForTimeout(150);
      const present = page.locator("section.present section.present");
      seen += await present.innerText();
      const bottoms = await present
        .locator(":scope > :not(aside)")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom));
      expect(Math.max(...bottoms)).toBeLessThanOrEqual(Number(await page.evaluate("innerHeight")));
      await page.keyboard.press("Space");
    }
    expect(seen).toContain("A deck");
    expect(seen).toContain("line 0 of a long output");
    expect(seen).toContain("line 59 of a long output");
    expect(seen).toContain("Behind the output.");
    expect(seen).toContain("In the end.");
    expect(seen).not.toContain("Say this aloud.");
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  it("shows the speaker's notes in a window of their own", async () => {
    const { page } = await open(`${folder}/deck.teacher.slides.html`, { hash: "#/1" });
    await page.waitForSelector(".reveal.ready");
    const [notes] = await Promise.all([
      page.context().waitForEvent("page"),
      page.keyboard.press("s"),
    ]);
    await notes.getByText("Say this aloud.").waitFor();
  });

  it("finds a section of the book, and runs its cells", async () => {
    const { page, requests, errors } = await open(`${folder}/book/index.html`);
    await page.getByRole("searchbox").fill("needle");
    expect(await page.locator("#lab-result-count").innerText()).toBe("One section");
    await page.getByRole("link", { name: "Another: Part of it" }).first().click();
    await page.waitForSelector("body.lab-live");
    expect(page.url()).toMatch(/other\.html#part-of-it$/);
    await page.getByRole("button", { name: "Run cell 1" }).click();
    await page.locator(".lab-status", { hasText: "ran in" }).waitFor();
    expect(await page.locator(".lab-output").innerText()).toBe("2\n");
    await page.getByRole("link", { name: /^Before/ }).click();
    await page.waitForSelector("body.lab-live");
    await scrollThrough(page);
    await page.waitForSelector(".lab-plotly .main-svg");
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  it("has every notebook beside each, numbered, with the one that is read marked, on a phone folded", async () => {
    for (const width of [1200, 360]) {
      const { page } = await open(`${folder}/book/other.html`, { width });
      await page.waitForSelector("body.lab-live");
      const list = page.getByRole("navigation", { name: "Notebooks" });
      expect(await list.locator("li a").allTextContents()).toEqual([
        "Fixture of everything",
        "Another",
        "A deck",
      ]);
      expect(await list.locator("[aria-current=page]").textContent()).toBe("Another");
      expect(await list.locator("li").first().isVisible()).toBe(width === 1200);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    }
  });

  it("keeps its bar in one row on a phone, with what a search found on the screen", async () => {
    const { page } = await open(`${folder}/book/index.html`, { width: 390 });
    await page.getByRole("searchbox").fill("needle");
    await page.locator("#lab-results a").first().waitFor();
    const bar = await page.locator(".lab-bar").boundingBox();
    expect(bar?.height).toBeLessThan(64);
    const found = await page.locator("#lab-results").boundingBox();
    expect(found?.x).toBeGreaterThanOrEqual(0);
    expect((found?.x ?? 0) + (found?.width ?? 999)).toBeLessThanOrEqual(390);
  });

  it("goes through what was found with the arrow keys, and there with Enter", async () => {
    const { page } = await open(`${folder}/book/index.html`);
    const field = page.getByRole("searchbox");
    await field.fill("a");
    await field.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const second = page.locator("#lab-results a").nth(1);
    expect(await second.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
    await field.fill("needle");
    await field.press("Enter");
    await page.waitForSelector("body.lab-live");
    expect(page.url()).toMatch(/other\.html#part-of-it$/);
  });

  it("runs nothing that stands in names, headings or a search", async () => {
    const { page, errors } = await open(`${folder}/book/index.html`);
    await page.getByRole("searchbox").fill("hostile");
    expect(await page.locator("#lab-results").innerText()).toContain(hostile.slice(0, 30));
    await page.getByRole("searchbox").fill(hostile);
    await page.waitForTimeout(100);
    expect(await page.evaluate("globalThis.pwned")).toBeUndefined();
    expect(errors).toEqual([]);
  });
});
