import { beforeAll, expect, it } from "vitest";
import { createJob } from "../../../lib/export/export.js";
import { slides } from "../../../lib/export/formats/slides.js";
import { filesOf } from "../exporting.js";
import { notebookNames } from "../../notebook/files.js";
import { describeInChromium, onDisk } from "./chromium.js";

/** What does not fit its slide: lower than the slide is, or to be scrolled. */
const overflowing = `(() => {
  document.body.classList.add("lab-measuring");
  const found = [];
  const leaves = document.querySelectorAll(".slides section:not(:has(section))");
  for (const [i, slide] of leaves.entries()) {
    const top = slide.getBoundingClientRect();
    const scale = top.width / slide.offsetWidth;
    const shown = [...slide.querySelectorAll("*")].filter((one) => !one.closest("aside, svg"));
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
  document.body.classList.remove("lab-measuring");
  return { slides: leaves.length, found: found.slice(0, 5) };
})()`;

describeInChromium("the decks of the notebooks", (open) => {
  let folder = "";
  beforeAll(async () => {
    const job = await createJob({ notebooks: [], edition: "teacher" });
    folder = onDisk(await filesOf(slides, job));
  });

  it.each(notebookNames)("%s has everything on a slide, nothing to scroll for", async (name) => {
    const { page, errors } = await open(`${folder}/${name.replace("ipynb", "slides.html")}`);
    await page.waitForSelector(".reveal.ready");
    const seen = await page.evaluate<{ slides: number; found: string[] }>(overflowing);
    expect(seen.found).toEqual([]);
    expect(seen.slides).toBeGreaterThan(15);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
