import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import { timeline } from "../../lib/views/timeline/timeline.js";
import { longTrace } from "./abba.js";
import { margin, pageWidth } from "../../lib/views/draw/card.js";
import { imageTag, mimeBundle, type Figure } from "../../lib/views/draw/figure.js";
import { findChromium, noChromium, openChromium } from "../browser/chromium.js";
import { everyFigure } from "./every-figure.js";

const browser = findChromium();
const figures = await everyFigure();
const program = (name: string): string => createRequire(import.meta.url).resolve(name);

interface Look {
  readonly width: number;
  readonly colours: number;
  /** Share of the picture that is not its commonest colour. */
  readonly other: number;
  /** Green of the commonest colour, the card's. */
  readonly card: number;
}

/** What the page's first image shows: its size, its colours, and how light its card is. */
const look = `(async () => {
  const image = document.querySelector("img");
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const brush = canvas.getContext("2d");
  brush.drawImage(image, 0, 0);
  const { data } = brush.getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Map();
  for (let i = 0; i < data.length; i += 4) {
    const colour = data[i] * 65536 + data[i + 1] * 256 + data[i + 2];
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  const card = [...colours].sort((a, b) => b[1] - a[1])[0];
  const other = 1 - card[1] / (data.length / 4);
  return { width: canvas.width, colours: colours.size, other, card: (card[0] >> 8) & 255 };
})()`;

/** The texts that are not wholly inside of the image. */
const outside = `[...document.querySelectorAll("svg text")].filter((text) => {
  const box = text.getBoundingClientRect();
  const card = document.querySelector("svg").getBoundingClientRect();
  return box.left < card.left || box.right > card.right || box.top < card.top || box.bottom > card.bottom;
}).map((text) => text.textContent)`;

function named(name: string): Figure {
  const figure = figures.find((f) => f.name === name);
  if (figure === undefined) throw new Error(`no such figure: ${name}`);
  return figure;
}

describe("figures in a real browser", () => {
  let context: BrowserContext | null = null;
  beforeAll(async () => {
    if (browser !== null) context = await openChromium(browser);
  });
  afterAll(async () => {
    await context?.close();
  });

  async function opened(content: string, scheme: "light" | "dark" = "light"): Promise<Page | null> {
    if (context === null) return null;
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme: scheme });
    await page.setContent(content);
    return page;
  }

  it.for(figures)("$name is painted, light and dark", async (figure, test) => {
    for (const scheme of ["light", "dark"] as const) {
      const page = await opened(imageTag(figure), scheme);
      if (page === null) return test.skip(noChromium);
      const { width, colours, other, card } = await page.evaluate<Look>(look);
      expect(width).toBeGreaterThan(300);
      expect(width).toBeLessThan(1400);
      expect(colours).toBeGreaterThan(8);
      expect(other).toBeGreaterThan(0.01);
      if (scheme === "light") expect(card).toBeGreaterThan(220);
      else expect(card).toBeLessThan(60);
      await page.close();
    }
  });

  it.for(figures)("$name keeps every text inside of the picture", async (figure, test) => {
    const page = await opened(figure.svg);
    if (page === null) return test.skip(noChromium);
    expect(await page.evaluate(outside)).toEqual([]);
    await page.close();
  });

  it("a text that runs out of the picture would be found", async (test) => {
    const page = await opened(named("timeline").svg.replace(/<text x="/, '<text x="9'));
    if (page === null) return test.skip(noChromium);
    expect(await page.evaluate(outside)).toHaveLength(1);
    await page.close();
  });

  it("the step player goes forward and back by button, slider and key", async (test) => {
    const player = named("step-player");
    const last = (player.frames?.length ?? 0) - 1;
    const page = await opened(mimeBundle(player)["text/html"]);
    if (page === null) return test.skip(noChromium);
    expect(await page.locator("img").isVisible()).toBe(false);
    const shown = page.locator('[data-part="picture"]');
    const at = page.locator('[data-part="title"]');
    expect(await at.innerText()).toBe(`step 0 of ${last}`);
    const first = await shown.innerHTML();
    await page.getByRole("button", { name: "one step forward" }).click();
    expect(await at.innerText()).toBe(`step 1 of ${last}`);
    expect(await shown.innerHTML()).not.toBe(first);
    await page.keyboard.press("ArrowLeft");
    expect(await shown.innerHTML()).toBe(first);
    await page.keyboard.press("End");
    expect(await at.innerText()).toBe(`step ${last} of ${last}`);
    expect(await shown.getAttribute("aria-label")).toContain("waits for");
    const search = page.getByRole("searchbox");
    await page.keyboard.press("/");
    await page.keyboard.type("no such step");
    await page.keyboard.press("Enter");
    expect(await at.innerText()).toBe("no step says that");
    await search.fill("handler0");
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    expect(await shown.getAttribute("aria-label")).toContain("handler0");
    const one = await at.innerText();
    await page.keyboard.press("Enter");
    expect(await at.innerText()).not.toBe(one);
    await page.keyboard.press("Shift+Enter");
    expect(await at.innerText()).toBe(one);
    await page.getByRole("slider").fill("2");
    expect(await at.innerText()).toBe(`step 2 of ${last}`);
    await page.getByRole("button", { name: "play" }).click();
    await page.waitForFunction(
      `document.querySelector('[data-part="title"]').textContent.startsWith("step 3 ")`,
    );
    await page.close();
  });

  it("the step player stands its parts above each other where the page is narrow", async (test) => {
    const page = await opened(mimeBundle(named("step-player"))["text/html"]);
    if (page === null) return test.skip(noChromium);
    const drawn = page.locator('[data-part="picture"] > svg');
    const size = async (): Promise<number> => Number(await drawn.getAttribute("width"));
    await page.setViewportSize({ width: 1100, height: 900 });
    await expect.poll(size).toBeGreaterThan(pageWidth + 2 * margin);
    await page.getByRole("button", { name: "one step forward" }).click();
    await page.setViewportSize({ width: pageWidth + 2 * margin + 20, height: 900 });
    await expect.poll(size).toBe(pageWidth + 2 * margin);
    expect(await page.locator('[data-part="title"]').innerText()).toMatch(/^step 1 of/);
    await page.close();
  });

  it("a figure's text is text of the page, in the theme that the page says", async (test) => {
    const page = await opened(mimeBundle(named("usage-bits"))["text/html"]);
    if (page === null) return test.skip(noChromium);
    expect(await page.locator("img").isVisible()).toBe(false);
    expect(await page.locator("body").innerText()).toContain("taken in hardirq");
    const ground = (): Promise<string> =>
      page.evaluate("getComputedStyle(document.querySelector('.lab-inline rect')).fill");
    expect(await ground()).toBe("rgb(255, 255, 255)");
    await page.evaluate("document.body.dataset.jpThemeLight = 'false'");
    await page.waitForFunction(
      "getComputedStyle(document.querySelector('.lab-inline rect')).fill !== 'rgb(255, 255, 255)'",
    );
    expect(await ground()).toBe("rgb(22, 27, 36)");
    await page.close();
  });

  it("the step player leaves the image where scripts do not run", async (test) => {
    if (context === null) return test.skip(noChromium);
    const page = await context.newPage();
    const html = mimeBundle(named("step-player"))["text/html"];
    // JupyterLab, which strips scripts from a notebook that it does not trust, strips `hidden` too.
    await page.setContent(html.replace(/<script>[\s\S]*<\/script>/, "").replace(" hidden", ""));
    expect(await page.locator("img").count()).toBe(1);
    expect(await page.locator("img").isVisible()).toBe(true);
    expect(await page.locator("button, input").count()).toBe(0);
    await page.close();
  });

  it.for([
    ["sequence", "wakeup rq CPU 1"],
    ["call-chains", "&rq->__lock"],
  ] as const)("Mermaid draws the %s, names and all", async ([name, lock], test) => {
    const page = await opened("<div id=out></div>");
    if (page === null) return test.skip(noChromium);
    await page.addScriptTag({ path: program("mermaid/dist/mermaid.min.js") });
    const source = JSON.stringify(named(name).mermaid);
    const text = await page.evaluate(`(async () => {
      mermaid.initialize({ startOnLoad: false });
      document.getElementById("out").innerHTML = (await mermaid.render("m", ${source})).svg;
      return document.getElementById("out").innerText;
    })()`);
    expect(String(text).replace(/\s+/g, " ")).toContain(lock);
    expect(text).not.toContain("Syntax error");
    await page.close();
  });

  it.for(["timeline", "states-by-depth"])(
    "Plotly draws every bar of the %s",
    async (name, test) => {
      const page = await opened("<div id=out style='width:900px'></div>");
      if (page === null) return test.skip(noChromium);
      await page.addScriptTag({
        content: readFileSync(program("plotly.js/dist/plotly-basic.min.js"), "utf8"),
      });
      const { plotly } = name === "timeline" ? timeline(longTrace()) : named(name);
      const drawn = await page.evaluate(`(async () => {
      const { data, layout, config } = ${JSON.stringify(plotly)};
      await Plotly.newPlot("out", data, layout, config);
      return document.querySelectorAll("#out .bars .point").length;
    })()`);
      const bars = (plotly?.data ?? []).flatMap((d) => (d["type"] === "bar" ? d["y"] : []));
      expect(drawn).toBe(bars.length);
      await page.close();
    },
  );
});
