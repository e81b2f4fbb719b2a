import { beforeAll, expect, it } from "vitest";
import { createJob } from "../../../lib/export/export.js";
import { slides } from "../../../lib/export/formats/slides.js";
import { filesOf } from "../exporting.js";
import { notebookNames } from "../../notebook/files.js";
import { complaintsOnAllSlides } from "./axe.js";
import { describeInChromium, onDisk } from "./chromium.js";

/**
 * What does not fit its slide (lower than the slide is, or to be scrolled), what the last row cannot read
 * (text of less than 14 pixels, or over other text), slides that break off, and what is no matter for a talk.
 */
const faults = `(() => {
  document.body.classList.add("lab-measuring");
  const found = [];
  const leaves = document.querySelectorAll(".slides section:not(:has(section))");
  for (const [i, slide] of leaves.entries()) {
    const top = slide.getBoundingClientRect();
    const scale = top.width / slide.offsetWidth;
    const shown = [...slide.querySelectorAll("*")].filter((one) => !one.closest("aside") && !one.ownerSVGElement);
    for (const one of shown) {
      const { bottom, right, height } = one.getBoundingClientRect();
      if (height === 0) continue;
      const what = one.tagName + "." + one.className + " of slide " + (i + 1);
      if ((bottom - top.top) / scale > 720 + 1) found.push(what + " ends below");
      if (right > top.right + 1) found.push(what + " ends outside");
      const { overflowX, overflowY } = getComputedStyle(one);
      const scrolls = (overflow) => /auto|scroll|hidden/.test(overflow);
      if (scrolls(overflowY) && one.scrollHeight > one.clientHeight + 2) found.push(what + " scrolls");
      if (scrolls(overflowX) && one.scrollWidth > one.clientWidth + 2) found.push(what + " scrolls");
    }
  }
  for (const [i, slide] of leaves.entries()) {
    const last = [...slide.querySelectorAll(":scope > .lab-block")].at(-1);
    if (last?.querySelector(".lab-mark") && !last.querySelector(".lab-code")) found.push("slide " + (i + 1) + " ends with whose turn it is");
    if ([...slide.querySelectorAll(".lab-code")].some((code) => /^import /m.test(code.textContent))) found.push("slide " + (i + 1) + " imports");
    for (const drawing of slide.querySelectorAll(".lab-still svg")) {
      const boxes = [...drawing.querySelectorAll("rect")].map((one) => one.getBoundingClientRect());
      for (const text of drawing.querySelectorAll("text:not([transform])")) {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const at = (top + bottom) / 2;
        if (boxes.some((box) => box.top < at && at < box.bottom && left < box.left - 2 && box.left + 4 < right && right < box.right)) {
          found.push("slide " + (i + 1) + ": " + text.textContent + " runs under a box");
        }
      }
    }
    for (const drawing of slide.querySelectorAll(".lab-player svg")) {
      const boxes = [...drawing.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
      const edge = drawing.getBoundingClientRect().bottom;
      for (const [at, [text, a]] of boxes.entries()) {
        for (const [other, b] of boxes.slice(at + 1)) {
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom, edge) - Math.max(a.top, b.top);
          if (wide > 3 && high > a.height / 3) found.push("slide " + (i + 1) + ": " + text + " lies over " + other);
        }
      }
    }
    if (/:$/.test(last?.querySelector(".lab-prose")?.textContent.trim() ?? "")) found.push("slide " + (i + 1) + " ends with :");
    const printed = [...(last?.querySelectorAll(".lab-output > .lab-text") ?? [])].at(-1);
    if (/:$/.test(printed?.textContent.trim() ?? "")) found.push("slide " + (i + 1) + " ends a text with :");
    if (slide.querySelector("h1, h2, h3") === null) found.push("slide " + (i + 1) + " has no heading");
    for (const one of slide.querySelectorAll("*")) {
      const { height, width } = one.getBoundingClientRect();
      if (height === 0 || one.closest("aside")) continue;
      const what = "slide " + (i + 1) + ": " + one.tagName + " " + one.textContent.slice(0, 20);
      let zoom = 1;
      for (let up = one; up !== slide; up = up.parentElement) zoom *= Number(getComputedStyle(up).zoom);
      const drawing = one.ownerSVGElement;
      if (drawing) zoom *= drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
      const size = parseFloat(getComputedStyle(one).fontSize) * zoom;
      const speaks = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
      if (speaks && size < 14) found.push(what + " has text of " + size);
      const data = /^data:image.svg.xml;base64,(.*)/.exec(one.src ?? "")?.[1];
      if (data === undefined) continue;
      const svg = atob(data);
      const scale = width / Number(/viewBox="\\S+ \\S+ (\\S+) /.exec(svg)?.[1]);
      const sizes = [...svg.matchAll(/font-size[=:]\\s*"?([\\d.]+)/g)].map(([, found]) => Number(found));
      const least = Math.min(...sizes, 99) * scale;
      if (!(least >= 14)) found.push(what + " has a figure with text of " + least);
    }
  }
  document.body.classList.remove("lab-measuring");
  return { slides: leaves.length, found: found.slice(0, 5) };
})()`;

describeInChromium("the decks of the notebooks", (open) => {
  let folder = "";
  beforeAll(async () => {
    const job = await createJob({ notebooks: [], edition: "teacher" });
    folder = onDisk(await filesOf(slides, job));
  });

  it.each(notebookNames)(
    "%s has everything on a slide, under a heading, to be read from the last row",
    async (name) => {
      const { page, errors } = await open(
        `${folder}/${name.replace("ipynb", "teacher.slides.html")}`,
        {
          width: 1280,
          height: 720,
        },
      );
      await page.waitForSelector(".reveal.ready");
      const seen = await page.evaluate<{ slides: number; found: string[] }>(faults);
      expect(seen.found).toEqual([]);
      expect(seen.slides).toBeGreaterThan(15);
      // A talk, not a notebook cut in pages.
      expect(seen.slides).toBeLessThan(75);
      expect(await complaintsOnAllSlides(page, { iframes: false })).toEqual([]);
      await page.getByRole("button", { name: "Use dark colours" }).evaluate((one) => {
        if (one instanceof HTMLElement) one.click();
      });
      const contrast = { iframes: false, runOnly: ["color-contrast"] };
      expect(await complaintsOnAllSlides(page, contrast)).toEqual([]);
      expect(errors).toEqual([]);
      await page.context().close();
    },
  );
});
