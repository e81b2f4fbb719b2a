import { statSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { live } from "../../../lib/export/formats/live.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { fixture, hostile } from "../fixture.js";
import { code, notebookText, prose } from "../notebooks.js";
import { describeInChromium, onDisk, type OpenOptions, type Opened } from "./chromium.js";
import { finished, linkTo, output, run } from "./live-page.js";

const cells = notebookText([
  prose("# Cells"),
  code("import { show, usageBits } from 'lockdep-lab';\nconst start: number = 20;"),
  code("start + 1"),
  code("const values = await Promise.all([start, 1]);\nvalues"),
  code("throw new RangeError('too\\nmuch');"),
  code("show(usageBits('{-.-.}'));"),
  code("for (;;) {}"),
  code("for (let i = 0; ; i++) console.log('line', i);"),
  code("void Promise.reject(new Error('nobody waits'));"),
]);

describeInChromium("the live page, opened from disk", (openFile) => {
  let folder = "";
  beforeAll(async () => {
    folder = onDisk(await filesOf(live, await fixtureJob({ cells, fixture })));
  });
  const open = async (name: string, options?: OpenOptions): Promise<Opened> => {
    const opened = await openFile(`${folder}/${name}.live.html`, options);
    await opened.page.waitForSelector("body.lab-live");
    return opened;
  };

  it("runs a cell with the cells that it needs, and nothing before", async () => {
    const { page, requests, errors } = await open("cells");
    expect(await page.locator(".lab-status").allInnerTexts()).toEqual(Array(8).fill(""));
    expect(await output(await run(page, 2))).toBe("21\n");
    expect(await page.locator(".lab-status").nth(0).innerText()).toMatch(/^ran in/);
    expect(await output(await run(page, 3))).toBe("[ 20, 1 ]\n");
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  it("takes a file that is dropped into a cell as its text, and sends it nowhere", async () => {
    const { page, requests, errors } = await open("cells");
    const cell = await run(page, 2);
    await cell.getByRole("textbox", { name: "Code of cell 2" }).focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.evaluate(`{
      const line = document.querySelectorAll(".lab-cell")[1].querySelector(".cm-line");
      const { left, top } = line.getBoundingClientRect();
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["start * 3"], "report.txt", { type: "text/plain" }));
      const where = { bubbles: true, cancelable: true, clientX: left + 2, clientY: top + 4 };
      line.dispatchEvent(new DragEvent("drop", { dataTransfer, ...where }));
    }`);
    await cell.locator(".cm-content", { hasText: "start * 3" }).waitFor();
    await run(page, 2);
    // Of the run before, the status may still be there when this one begins.
    await expect.poll(() => output(cell)).toBe("60\n");
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  it("runs what the reader wrote, by keyboard alone, and answers in 100 ms", async () => {
    const { page } = await open("cells");
    const cell = await run(page, 2);
    await cell.getByRole("textbox", { name: "Code of cell 2" }).focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("start * 2");
    const milliseconds = await page.evaluate(`new Promise((done) => {
      const cell = document.querySelectorAll(".lab-cell")[1], from = performance.now();
      new MutationObserver(() => {
        if (cell.querySelector(".lab-output").textContent.includes("40")) done(performance.now() - from);
      }).observe(cell, { childList: true, subtree: true });
      cell.querySelector(".lab-run").click();
    })`);
    expect(Number(milliseconds)).toBeLessThan(100);
    await page.keyboard.press("Control+Enter");
    await finished(cell);
    expect(await output(cell)).toBe("40\n");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.closest('.cm-editor') === null")).toBe(true);
  });

  it("shows an error with its place, a figure as a figure, and a promise that nobody awaited", async () => {
    const { page } = await open("cells");
    expect(await output(await run(page, 4))).toContain(
      "RangeError: too\nmuch\n    at cell 4, line 1, column 7",
    );
    expect(await (await run(page, 5)).locator(".lab-still svg").count()).toBe(1);
    const rejected = await run(page, 8);
    await rejected.locator(".lab-error").waitFor();
    expect(await output(rejected)).toContain("Error: nobody waits");
  });

  it("stops an endless loop at once, and brings the variables back", async () => {
    const { page } = await open("cells");
    await run(page, 2);
    const loop = page.locator(".lab-cell").nth(5);
    await loop.getByRole("button", { name: "Run cell 6" }).click();
    await loop.locator(".lab-status", { hasText: "running" }).waitFor();
    await loop.getByRole("button", { name: "Stop cell 6" }).click();
    await finished(loop);
    expect(await loop.locator(".lab-status").innerText()).toMatch(/^stopped/);
    expect(await output(await run(page, 2))).toBe("21\n");
  });

  it("ends a cell whose time is up", async () => {
    const { page } = await open("cells");
    await page.evaluate(`document.querySelector("#lab-limit option").value = "0.3"`);
    const loop = await run(page, 6);
    expect(await loop.locator(".lab-status").innerText()).toContain("time is up");
    expect(await page.locator("#lab-message").innerText()).toContain("cell 6");
  });

  it("stays usable while a cell prints without end", async () => {
    const { page } = await open("cells");
    const flood = page.locator(".lab-cell").nth(6);
    await flood.getByRole("button", { name: "Run cell 7" }).click();
    await flood.getByText("[output cut here]").waitFor();
    await flood.getByRole("button", { name: "Stop cell 7" }).click();
    await finished(flood);
    expect((await output(flood)).length).toBeLessThan(450_000);
  });

  it("takes markup in a shared link, in names and in outputs for text", async () => {
    const hash = linkTo("cells.student", {
      "cell-c3": `console.log(${JSON.stringify(hostile)}); throw new Error(${JSON.stringify(hostile)});`,
      [hostile]: hostile,
      "cell-c4": hostile,
    });
    const { page, errors } = await open("cells", { hash });
    expect(await output(await run(page, 2))).toContain(`Error: ${hostile}`);
    await run(page, 3);
    expect(await page.evaluate("globalThis.pwned")).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it("lets cells reach no network", async () => {
    const { page, requests } = await open("cells", {
      hash: linkTo("cells.student", {
        "cell-c3": "const r = await fetch('https://example.org/').catch((e: Error) => e.name); r",
        "cell-c4": "importScripts('https://example.org/x.js')",
      }),
    });
    expect(await output(await run(page, 2))).toBe("TypeError\n");
    expect(await output(await run(page, 3))).toContain("NetworkError");
    expect(requests).toEqual([]);
  });

  it("opens with less than a second of the processor's time, in at most 6 MB", async () => {
    const { page } = await open("fixture");
    // Of the file: what the page unpacks when it draws is not in it.
    expect(statSync(`${folder}/fixture.live.html`).size).toBeLessThan(6_000_000);
    const session = await page.context().newCDPSession(page);
    // Of the page's thread alone: what else the machine does at the time does not count.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.reload();
    await page.waitForSelector("body.lab-live");
    const { metrics } = await session.send("Performance.getMetrics");
    const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value ?? Infinity;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(1);
  });
});
