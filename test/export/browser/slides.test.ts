import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { createBundles } from "../../../lib/export/bundle.js";
import { slides } from "../../../lib/export/formats/slides.js";
import { mimeBundle } from "../../../lib/views/index.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { fixture, imageHtml } from "../fixture.js";
import { code, display, notebookText, prose, stdout } from "../notebooks.js";
import { complaintsOnAllSlides } from "./axe.js";
import { columns, frames, interleaved, tall, timeline } from "./large-drawings.js";
import { describeInChromium, onDisk, type OpenOptions } from "./chromium.js";

const slide = (type: string): object => ({ slideshow: { slide_type: type } });
interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the names of a drawing and their boxes are, what is shown of it, and how large its names are. */
const extents = `(() => {
  const svg = document.querySelector(".lab-player svg");
  const at = (selector) => [...svg.querySelectorAll(selector)].map((one) => {
    const { x, y, width, height } = one.getBBox();
    return { left: x, right: x + width, top: y, bottom: y + height };
  });
  const { y, width, height } = svg.viewBox.baseVal;
  const size = parseFloat(getComputedStyle(svg.querySelector("text[text-anchor]")).fontSize);
  return {
    names: at("text[text-anchor]"),
    boxes: at("rect[x]"),
    size: (size * svg.getAttribute("width")) / width,
    shown: { top: y, bottom: y + height },
  };
})()`;

/** What is not on the screen has no extent. */
const allShown = ".slides section { display: block !important }";
const deck = notebookText([
  prose("# A talk", slide("slide")),
  code("import * as lab from 'lockdep-lab';\nconst { show } = lab;"),
  prose("## A figure\n\nThis leads to the figure:", slide("slide")),
  code(
    "show(figure);",
    [display({ "text/plain": "", "text/html": imageHtml("graph", "graph") })],
    slide("subslide"),
  ),
  prose("## A question\n\nWhat is six times seven?", slide("slide")),
  code("6 * 7", [stdout("42\n")]),
  code("throw 1", [{ output_type: "error", ename: "E", evalue: "failed", traceback: [] }], {
    tags: ["raises-exception"],
  }),
  prose("## Steps\n\nThe steps:", slide("slide")),
  code("show(steps);", [
    display({
      "text/plain": "steps",
      "application/vnd.lockdep-lab.frames+json": { frames },
    }),
  ]),
  prose("Ask who would have seen it.", slide("notes")),
  prose("## A long figure", slide("slide")),
  code("show(long);", [
    display({
      "text/plain": "",
      "text/html": `<img src="data:image/svg+xml;base64,${Buffer.from(tall("line")).toString("base64")}" alt="long" width="600">`,
    }),
  ]),
  prose("## Columns", slide("slide")),
  code("show(columns);", [
    display({ ...mimeBundle({ name: "columns", alt: "columns", text: "", svg: columns }) }),
  ]),
  prose("## Side by side", slide("slide")),
  code("show(code);", [
    display({
      "text/plain": "code",
      "application/vnd.lockdep-lab.frames+json": {
        frames: [{ title: "start", svg: interleaved, text: "" }],
      },
    }),
  ]),
  prose("## A timeline", slide("slide")),
  code("show(timeline);", [
    display({ ...mimeBundle({ name: "timeline", alt: "timeline", text: "", svg: timeline }) }),
  ]),
  prose("## Exercise", slide("slide")),
  code("let a = 0;", [], { tags: ["exercise"] }),
  code("throw 'hidden test';", [], { tags: ["hidden-test"] }),
  prose("## The end", slide("slide")),
]);

describeInChromium("a deck, opened from disk", (openFile) => {
  let folder = "";
  beforeAll(async () => {
    const bundles = createBundles();
    const teacher = await filesOf(slides, await fixtureJob({ deck, fixture }, "teacher", bundles));
    const student = await filesOf(slides, await fixtureJob({ deck }, "student", bundles));
    folder = onDisk([...teacher, ...student.map(({ data }) => ({ path: "student.html", data }))]);
  });
  const open = async (file: string, options: OpenOptions = {}): Promise<Page> => {
    const { page } = await openFile(`${folder}/${file}`, { width: 1280, height: 720, ...options });
    await page.waitForSelector(".reveal.ready");
    return page;
  };
  const teacherDeck = "deck.teacher.slides.html";
  const texts = (page: Page): Promise<readonly string[]> =>
    page
      .locator(".slides section:not(:has(section))")
      .evaluateAll((all) => all.map((one) => one.textContent.replace(/\s+/g, " ").trim()));
  const number = async (page: Page): Promise<string> =>
    (await page.locator(".slide-number").innerText()).replace(/\s/g, "");

  it("leaves out imports, runs that failed, checks of answers, and code that only shows", async () => {
    const all = (await texts(await open(teacherDeck))).join("\n");
    for (const word of ["import", "failed", "hidden test", "show(figure)"]) {
      expect(all).not.toContain(word);
    }
    expect(all).toContain("6 * 7");
  });

  it("keeps a figure with its heading and the words that lead to it", async () => {
    const page = await open(teacherDeck);
    const one = page.locator("section:not(:has(section))", { hasText: "leads to the figure" });
    expect(await one.locator("img").count()).toBe(1);
    expect(await one.locator("h2").innerText()).toBe("A figure");
  });

  it("shows a long figure in parts, under one heading, with every line whole", async () => {
    const page = await open(teacherDeck);
    const parts = page.locator("section:not(:has(section)):has(img[alt^='long (part'])");
    expect(await parts.count()).toBeGreaterThan(1);
    expect(new Set(await parts.locator("h2, h3").allTextContents())).toEqual(
      new Set(["A long figure"]),
    );
    const boxes = await parts.locator("img").evaluateAll((all) =>
      all.map((one) => {
        const svg = atob((one.getAttribute("src") ?? "").split(",")[1] ?? "");
        return (/viewBox="([^"]*)"/.exec(svg)?.[1] ?? "").split(" ").map(Number);
      }),
    );
    for (const [i, [, top = 0, , height = 0]] of boxes.entries()) {
      const bottom = top + height;
      if (i + 1 < boxes.length) expect(boxes[i + 1]?.[1]).toBe(bottom);
      const cut = Array.from({ length: 60 }, (_, line) => 20 + line * 25);
      expect(cut.filter((base) => base - 9 < bottom && bottom < base)).toEqual([]);
    }
  });

  it("shows a player's graph whole, its names large enough and inside their boxes", async () => {
    const page = await open(teacherDeck);
    await page.addStyleTag({ content: allShown });
    const { names, boxes, size, shown } = await page.evaluate<{
      readonly names: readonly Extent[];
      readonly boxes: readonly Extent[];
      readonly size: number;
      readonly shown: Extent;
    }>(extents);
    expect(boxes).toHaveLength(5);
    for (const [i, box] of boxes.entries()) {
      const name = names[i] ?? box;
      expect(box.top).toBeGreaterThan(shown.top);
      expect(box.bottom).toBeLessThan(shown.bottom);
      expect(name.left).toBeGreaterThan(box.left);
      expect(name.right).toBeLessThan(box.right);
    }
    expect(size).toBeGreaterThanOrEqual(14);
  });

  it("fills a slide with a player whose columns have no common end of a line", async () => {
    const page = await open(teacherDeck);
    await page.addStyleTag({ content: allShown });
    const player = page.locator("section:not(:has(section))", { hasText: "spin_lock(3)" });
    const drawing = player.locator("svg");
    const edge = await drawing.boundingBox();
    expect(edge?.height).toBeGreaterThan(400);
    const seen = drawing.locator("text:not([style*=hidden])");
    const boxes = await seen.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
    const bottom = (edge?.y ?? 0) + (edge?.height ?? 0);
    expect(boxes.filter((one) => one.top < bottom - 1 && bottom + 1 < one.bottom)).toEqual([]);
    expect(boxes.filter((one) => one.bottom < bottom).length).toBeGreaterThan(30);
  });

  it("shows the lanes of a timeline, and leaves a long list of its steps to the notebook", async () => {
    const page = await open(teacherDeck);
    const one = page.locator("section:not(:has(section))", { hasText: "40 steps" });
    expect(await one.count()).toBe(1);
    const words = await one.locator("svg text").allTextContents();
    expect(words).toEqual(["40 steps: in words in the notebook", "At the end: nobody waits."]);
    await page.addStyleTag({ content: allShown });
    const box = await one.locator("svg").boundingBox();
    expect(box?.height).toBeLessThan(300);
  });

  it("lets no column of a figure run into the next where it makes text larger", async () => {
    const page = await open(teacherDeck);
    await page.addStyleTag({ content: allShown });
    const boxes = await page
      .locator("section:has(h2:text-is('Columns')) .lab-still svg text")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
    const middle =
      (Math.min(...boxes.map(({ left }) => left)) + Math.max(...boxes.map(({ right }) => right))) /
      2;
    const [left, right] = [
      boxes.filter((one) => one.left < middle - 99),
      boxes.filter((one) => one.left > middle - 99),
    ];
    expect([left.length, right.length]).toEqual([12, 12]);
    const end = Math.max(...left.map((one) => one.right));
    expect(end).toBeLessThanOrEqual(Math.min(...right.map((one) => one.left)));
    expect(end).toBeGreaterThan(middle - 99);
  });

  it("asks first, and answers with the next key", async () => {
    const page = await open(teacherDeck, { hash: "#/2" });
    const answer = page.locator("section.present section.present .lab-output");
    expect(await answer.evaluate((one) => one.classList.contains("visible"))).toBe(false);
    await page.keyboard.press("Space");
    await expect.poll(() => answer.evaluate((one) => one.classList.contains("visible"))).toBe(true);
  });

  it("turns pages by keyboard after a click on code, on a player and on its slider", async () => {
    const page = await open(teacherDeck, { hash: "#/2" });
    await page.locator("section.present section.present .lab-code").click();
    const before = await number(page);
    await page.keyboard.press("PageDown");
    await page.keyboard.press("PageDown");
    await expect.poll(() => number(page)).not.toBe(before);
    // The slide of the player, wherever it stands in the deck.
    const place = await page.evaluate<string>(`(() => {
      const columns = [...document.querySelectorAll(".slides > section")];
      const column = columns.findIndex((one) => one.querySelector(".lab-player") !== null);
      const rows = [...(columns[column]?.querySelectorAll("section") ?? [])];
      return "#/" + column + "/" + rows.findIndex((one) => one.querySelector(".lab-player") !== null);
    })()`);
    for (const control of [
      ".lab-player-bar button >> nth=2",
      ".lab-player-bar input[type=range]",
    ]) {
      const there = page.locator(`section.present section.present ${control}`);
      // The deck writes its own address a moment after a page is turned.
      const goes = async (): Promise<number> => {
        await page.evaluate(`location.hash = ${JSON.stringify(place)}`);
        return await there.count();
      };
      await expect.poll(goes, { timeout: 10_000, interval: 300 }).toBe(1);
      await there.click();
      const here = await number(page);
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => number(page)).not.toBe(here);
    }
    await page.keyboard.press("Escape");
    await page.locator(".reveal.overview").waitFor();
  });

  it("keeps a player's drawing when its slide is left, and lets a step be searched on it", async () => {
    const page = await open(teacherDeck);
    const player = page.locator(".lab-player").first();
    const drawing = (): Promise<string | undefined> =>
      player.locator("svg").evaluate((svg) => svg.outerHTML);
    const before = await drawing();
    for (const style of ["none", "block", "none"]) {
      await player.evaluate(
        (one, display) => ((one as HTMLElement).style.display = display),
        style,
      );
      await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
    }
    expect(await drawing()).toBe(before);
    await player.evaluate((one) => ((one as HTMLElement).style.display = ""));
    await page.addStyleTag({ content: allShown });
    await player.locator("input[type=search]").evaluate((one) => {
      (one as HTMLElement).focus();
      (one as HTMLElement).click();
    });
    await page.keyboard.type("zz");
    await page.keyboard.press("Enter");
    expect(await player.locator(".lab-player-title").innerText()).toBe('no step says "zz"');
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("BODY");
  });

  it("has speaker's notes for the teacher alone", () => {
    expect(readFileSync(`${folder}/${teacherDeck}`, "utf8")).toContain("Ask who would have seen");
    expect(readFileSync(`${folder}/student.html`, "utf8")).not.toContain("Ask who would have seen");
  });

  it.each([false, true])("has colours of its own that axe accepts, dark: %s", async (dark) => {
    for (const file of [teacherDeck, "fixture.teacher.slides.html"]) {
      const page = await open(file, { dark });
      expect(await complaintsOnAllSlides(page)).toEqual([]);
      const ink = await page.evaluate("getComputedStyle(document.querySelector('.reveal')).color");
      expect(ink).toBe(dark ? "rgb(232, 237, 245)" : "rgb(27, 35, 48)");
    }
  });

  it("changes its colours with a button", async () => {
    const page = await open(teacherDeck);
    await page.getByRole("button", { name: "Use dark colours" }).click();
    expect(await page.evaluate("getComputedStyle(document.querySelector('.reveal')).color")).toBe(
      "rgb(232, 237, 245)",
    );
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => number(page)).toMatch(/^2/);
  });
});
