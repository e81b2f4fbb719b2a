import { deflateSync, strToU8 } from "fflate";
import { beforeAll, expect, it } from "vitest";
import { createBundles } from "../../../lib/export/bundle.js";
import { html } from "../../../lib/export/formats/html.js";
import { annotatedSplat, mimeBundle, usageBits } from "../../../lib/views/index.js";
import { kvmPiReport } from "../../../lib/splat/index.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { fixture } from "../fixture.js";
import { code, display, notebookText, prose } from "../notebooks.js";
import { describeInChromium, onDisk, scrollThrough } from "./chromium.js";

const report = mimeBundle(annotatedSplat(kvmPiReport));
const figures = notebookText([
  prose("# Figures"),
  code("1", [display({ ...mimeBundle(usageBits("{-.-.}")) }), display({ ...report })]),
]);

const line = `const long = "${"to the edge of every screen, ".repeat(9)}";`;
const table =
  "| when | proposal | name | what became of it |\n|---|---|---|---|\n" +
  "| 2023-03-10 | the handler walks an RCU list, without the lock | `rcu` | rejected: no deadlock to fix; freeing a vCPU would need a grace period |\n";
const long = notebookText([
  prose(`# Long\n\n\`\`\`ts\n${line}\n\`\`\``),
  code(line, []),
  prose(table),
]);

/** A schedule that nobody's player has made. */
const hostileSchedule = `#schedule=${Buffer.from(
  deflateSync(
    strToU8(
      JSON.stringify({
        step: "1",
        frames: [
          {
            title: "<b>1</b><script>document.title = 'taken'</script>",
            svg: "<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=\"taken\"'><a href='http://example.invalid/'><text>x</text></a></svg>",
          },
          { text: 7, svg: "<iframe src='http://example.invalid/'></iframe>" },
          null,
        ],
      }),
    ),
  ),
).toString("base64url")}`;

describeInChromium("a page of the html format, opened from disk", (open) => {
  let folder = "";
  let file = "";
  let plain = "";
  beforeAll(async () => {
    const bundles = createBundles();
    const job = await fixtureJob({ fixture, figures }, "teacher", bundles);
    const student = await fixtureJob({ long }, "student", bundles);
    folder = onDisk([...(await filesOf(html, job)), ...(await filesOf(html, student))]);
    file = `${folder}/fixture.teacher.html`;
    plain = `${folder}/figures.teacher.html`;
  });

  it("has the lab's figures as text of its own, in the colours of the page's theme", async () => {
    const { page } = await open(`${folder}/figures.teacher.html`);
    expect(await page.locator("article img").count()).toBe(0);
    const drawing = page.locator("svg.lab-svg");
    expect(await drawing.getAttribute("aria-label")).toContain("hardirq");
    const ink = (): Promise<string> =>
      drawing
        .locator(".f-ink")
        .first()
        .evaluate((one) => getComputedStyle(one).fill);
    const light = await ink();
    await page.getByRole("button", { name: "Use dark colours" }).click();
    expect([light, await ink()]).toEqual(["rgb(27, 35, 48)", "rgb(232, 237, 245)"]);
    await page.emulateMedia({ media: "print" });
    expect(await ink()).toBe(light);
    const selected = await page.evaluate(`(() => {
      getSelection().selectAllChildren(document.querySelector("svg.lab-svg"));
      return getSelection().toString();
    })()`);
    expect(selected).toContain("{-.-.}");
  });

  it("has a report as text that folds and flows, and takes its colours from the page", async () => {
    for (const width of [360, 1200]) {
      const { page } = await open(`${folder}/figures.teacher.html`, { width, dark: true });
      const text = page.locator(".lab-splat");
      expect(await text.innerText()).toContain("WARNING: possible circular locking dependency");
      const folded = text.locator("details pre").first();
      expect(await folded.isVisible()).toBe(false);
      await text.locator("summary").first().click();
      expect(await folded.isVisible()).toBe(true);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      const colours = await text
        .locator("b")
        .evaluateAll((all) => all.map((one) => getComputedStyle(one).color));
      expect(colours).toContain("rgb(255, 154, 99)");
    }
  });

  it("draws its figures, asks the network for nothing and runs nothing of the notebook", async () => {
    const { page, requests, errors } = await open(file);
    await scrollThrough(page);
    await page.waitForSelector(".lab-plotly .main-svg");
    await page.waitForSelector(".lab-figure .lab-mermaid svg");
    expect(await page.locator(".lab-drawn").count()).toBe(3);
    const bars = page.locator(".lab-plotly .bars path");
    expect(await bars.count()).toBe(2);
    expect(await page.locator(".lab-mermaid .lab-if-light").nth(0).innerText()).toContain("IPI");
    expect(await page.locator(".lab-still img").first().isVisible()).toBe(true);
    expect(await page.evaluate("globalThis.pwned")).toBeUndefined();
    expect(await page.title()).toBe("Fixture of everything");
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  it("draws a chart in the colours of the theme", async () => {
    for (const [dark, fill] of [
      [false, "rgb(220, 237, 249)"],
      [true, "rgb(21, 54, 79)"],
    ] as const) {
      const { page } = await open(file, { dark });
      await scrollThrough(page);
      const bar = page.locator(".lab-plotly .bars path").first();
      await bar.waitFor();
      expect(await bar.evaluate((one) => one.style.fill)).toBe(fill);
    }
  });

  it("draws the Mermaid diagram of a figure beside its image, for who opens it", async () => {
    const { page } = await open(file);
    const diagram = page.locator(".lab-as-diagram");
    const figure = page.locator(".lab-figure", { has: diagram });
    expect(await figure.locator(".lab-still img").isVisible()).toBe(true);
    expect(await diagram.locator("svg").count()).toBe(0);
    await diagram.getByText("As a Mermaid diagram").click();
    await diagram.locator(".lab-if-light svg").waitFor();
    expect(await diagram.locator(".lab-if-light").innerText()).toContain("two");
    expect(await figure.locator(".lab-still img").isVisible()).toBe(true);
  });

  it("plays steps with buttons, slider and keys", async () => {
    const { page } = await open(file);
    const title = page.locator(".lab-player-title");
    expect(await title.innerText()).toBe("0 of 1: start");
    await page.getByRole("button", { name: "One step forward" }).click();
    expect(await title.innerText()).toBe("1 of 1: CPU0 locks");
    await page.getByRole("slider", { name: "Step" }).press("ArrowLeft");
    expect(await title.innerText()).toBe("0 of 1: start");
  });

  it("copies code, and leads to a heading and to a step of a player", async () => {
    const { page } = await open(file);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = (): Promise<string> => page.evaluate("navigator.clipboard.readText()");
    await page.getByRole("button", { name: "Copy the code of cell 1" }).click();
    await expect.poll(copied).toContain("const point: Point = { x: 1 };\npoint");
    const anchor = page.getByRole("link", { name: "Link to: A table" });
    expect(await anchor.getAttribute("href")).toBe("#a-table");
    await page.getByRole("button", { name: "One step forward" }).click();
    await page.getByRole("button", { name: "Copy a link to this step" }).click();
    await expect.poll(copied).toMatch(/#step=cell-c6\.0\.1$/);
    const there = await open(file, { hash: "#step=cell-c6.0.1" });
    const title = there.page.locator(".lab-player-title");
    expect(await title.innerText()).toBe("1 of 1: CPU0 locks");
    expect(await title.evaluate((one) => one.getBoundingClientRect().top < innerHeight)).toBe(true);
  });

  it("holds a whole schedule in a link, for a page without that player too", async () => {
    const { page } = await open(file);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = (): Promise<string> => page.evaluate("navigator.clipboard.readText()");
    await page.getByRole("button", { name: "One step forward" }).click();
    await page.getByRole("button", { name: "Copy all of the schedule as a link" }).click();
    await expect.poll(copied).toMatch(/#schedule=[\w-]+\.[\w-]+$/);
    const hash = /#.*$/.exec(await copied())?.[0] ?? "";
    const there = await open(plain, { hash });
    const section = there.page.getByRole("region", { name: "A schedule from a link" });
    const title = section.locator(".lab-player-title");
    expect(await title.innerText()).toBe("1 of 1: CPU0 locks");
    expect(await section.locator(".lab-player-picture").innerHTML()).not.toBe("");
    await section.getByRole("button", { name: "One step back" }).click();
    expect(await title.innerText()).toBe("0 of 1: start");
    expect(there.errors).toEqual([]);
  });

  it.each([
    ["cut short", "#schedule=q1YqLkksKVWyMtBRSkstSkksVrKqVspMUbJSMlSqjQUA", /damaged/],
    ["of nothing", "#schedule=", /damaged/],
    ["with markup for titles and pictures", hostileSchedule, /Somebody sent you/],
  ])("shows a schedule %s as what it is, and runs nothing of it", async (_, hash, words) => {
    const { page, errors, requests } = await open(plain, { hash });
    const section = page.getByRole("region", { name: "A schedule from a link" });
    expect(await section.locator("p").first().innerText()).toMatch(words);
    expect(await section.locator("img[src^=http], b, iframe, a").count()).toBe(0);
    expect(await page.evaluate("document.title")).not.toBe("taken");
    expect({ errors, requests }).toEqual({ errors: [], requests: [] });
  });

  it("says which links lead out", async () => {
    const { page } = await open(file);
    const mark = (name: string): Promise<string> =>
      page
        .getByRole("link", { name: new RegExp(`^${name}`) })
        .first()
        .evaluate((one) => getComputedStyle(one, "::after").content);
    expect(await mark("out")).toContain("external");
    expect(await mark("link")).toBe("none");
  });

  it("remembers the theme that the reader chose", async () => {
    const { page } = await open(file);
    const background = (): Promise<unknown> =>
      page.evaluate("getComputedStyle(document.body).backgroundColor");
    const light = await background();
    await page.getByRole("button", { name: "Use dark colours" }).click();
    expect(await background()).not.toBe(light);
    await page.reload();
    expect(await background()).not.toBe(light);
  });

  it("prints no frame round what a page has no room for: each part of a cell has its own", async () => {
    const { page } = await open(file);
    await page.emulateMedia({ media: "print" });
    const borders = await page.evaluate(`[".lab-cell", ".lab-code", ".lab-output > *"].map((one) =>
      getComputedStyle(document.querySelector(one)).borderBottomWidth)`);
    expect(borders).toEqual(["0px", "1px", "1px"]);
  });

  it("prints light, with still images and without controls", async () => {
    const { page } = await open(file, { dark: true });
    await page.waitForSelector("html[data-drawn]", { state: "attached" });
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".lab-plotly").isVisible()).toBe(false);
    expect(await page.locator(".lab-player").isVisible()).toBe(false);
    expect(await page.locator(".lab-still img").nth(1).isVisible()).toBe(true);
    expect(await page.locator(".lab-bar").isVisible()).toBe(false);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
      "rgb(255, 255, 255)",
    );
    expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).color")).toBe(
      "rgb(27, 35, 48)",
    );
  });

  it("has no sideways scrolling on a phone or at 200 % zoom", async () => {
    for (const width of [360, 600]) {
      const { page } = await open(file, { width });
      await scrollThrough(page);
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      expect(Number(wide)).toBeLessThanOrEqual(width);
    }
  });

  it.each([390, 900])(
    "lays nothing over the end of a long line of code, and keeps a table readable, %i pixels wide",
    async (width) => {
      const { page } = await open(`${folder}/long.html`, { width });
      await page.locator(".lab-copied > .lab-copy").waitFor();
      expect(await page.locator(".lab-cell .lab-copy").count()).toBe(1);
      const covered = await page.evaluate<string[]>(covers);
      expect(covered).toEqual([]);
      // Four columns of sentences are not squeezed into a phone: they are looked at from side to side.
      const row = await page.locator("article tbody tr").boundingBox();
      expect(row?.height).toBeLessThan(140);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    },
  );
});

/** What covers a line of code, and the line. */
const covers = `[...document.querySelectorAll("article pre > code")].flatMap((code) => {
  const range = document.createRange();
  range.selectNodeContents(code);
  const view = code.closest("pre").getBoundingClientRect();
  return [...range.getClientRects()].flatMap((line) => {
    if (line.width === 0 || line.left >= view.right) return [];
    return [...document.querySelectorAll(".lab-copy, .lab-number")].flatMap((over) => {
      const box = over.getBoundingClientRect();
      const wide = Math.min(line.right, view.right, box.right) - Math.max(line.left, box.left);
      const high = Math.min(line.bottom, box.bottom) - Math.max(line.top, box.top);
      return wide > 0 && high > 0 ? [over.textContent + " over " + code.textContent] : [];
    });
  });
})`;
