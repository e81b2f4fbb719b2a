import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { live } from "../../../lib/export/formats/live.js";
import { packLink } from "../../../lib/export/page/live/versions/shared-link.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { code, notebookText, prose, type StoredCell } from "../notebooks.js";
import { describeInChromium, onDisk, type OpenOptions, type Opened } from "./chromium.js";
import { linkTo, output, run, write } from "./live-page.js";

const stored: readonly StoredCell[] = [
  prose("# Cells"),
  { ...code("const start = 20;"), id: "start" },
  { ...code("start + 1"), id: "next" },
  { ...code("start + 2"), id: "last" },
];
const notebook = notebookText(stored);
/** The same after a correction: a cell before, another text, and one gone. */
const corrected = notebookText([
  prose("# Cells"),
  { ...code("const inserted = 1;"), id: "inserted" },
  { ...code("const start = 20;"), id: "start" },
  { ...code("start + 1 // corrected"), id: "next" },
]);

const packed = packLink("cells.student", new Map([["cell-next", "start + 123456"]])) ?? "";
/** The same length, and as a text of cells it would do: one letter is another. */
const oneLetterOff = packed.replace(/(?<=^.{60})./, (letter) => (letter === "A" ? "B" : "A"));

describeInChromium("versions of a live page", (openFile) => {
  let folder = "";
  beforeAll(async () => {
    const long = notebookText([{ ...code("1"), id: "only" }]);
    folder = onDisk(await filesOf(live, await fixtureJob({ cells: notebook, long })));
  });
  const path = (name: string): string => `${folder}/${name}.live.html`;
  const open = async (options?: OpenOptions, name = "cells"): Promise<Opened> => {
    const opened = await openFile(path(name), options);
    await opened.page.waitForSelector("body.lab-live");
    return opened;
  };
  const reload = async (page: Page): Promise<void> => {
    await page.reload();
    await page.waitForSelector("body.lab-live");
  };
  const codeOf = async (page: Page, number: number): Promise<string> =>
    page.getByRole("textbox", { name: `Code of cell ${number}` }).innerText();
  const say = (page: Page): Promise<string> => page.locator("#lab-message").innerText();
  const shared = { hash: linkTo("cells.student", { "cell-next": "start + 100" }) };

  it("keeps changes in the browser, cell by cell, over a reload", async () => {
    const { page } = await open();
    await write(page, 2, "start + 5");
    await reload(page);
    expect(await say(page)).toContain("one cell");
    expect(await output(await run(page, 2))).toBe("25\n");
    expect(await say(page).catch(() => "")).toBe("");
  });

  it("has the changes when its process has crashed and the page is opened again", async () => {
    const { page } = await open();
    await write(page, 2, "start + 6");
    const devtools = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    // Never answers: who would answer is gone.
    void devtools.send("Page.crash").catch(() => undefined);
    await crashed;
    const again = await page.context().newPage();
    await again.goto(page.url());
    await again.waitForSelector("body.lab-live");
    expect(await codeOf(again, 2)).toBe("start + 6");
    expect(await output(await run(again, 2))).toBe("26\n");
  });

  it("says when the browser keeps nothing, and works on", async () => {
    const { page } = await open();
    await page.addInitScript(
      `IDBFactory.prototype.open = () => { throw new DOMException("not here", "SecurityError"); }`,
    );
    await reload(page);
    await write(page, 2, "start + 5");
    await expect.poll(() => say(page)).toContain("does not keep your changes");
    expect(await output(await run(page, 2))).toBe("25\n");
  });

  it("resets after asking, and brings back what was reset, after a reload too", async () => {
    const { page } = await open();
    await write(page, 2, "start + 5");
    await page.getByRole("button", { name: "Reset all" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect(await codeOf(page, 2)).toBe("start + 5");
    await page.getByRole("button", { name: "Reset all" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await expect.poll(() => codeOf(page, 2)).toBe("start + 1");
    await reload(page);
    expect(await codeOf(page, 2)).toBe("start + 1");
    await page.getByRole("button", { name: "Undo reset" }).click();
    expect(await codeOf(page, 2)).toBe("start + 5");
    await page.getByRole("button", { name: "Reset cell 2" }).click();
    expect(await codeOf(page, 2)).toBe("start + 1");
    await page.getByRole("button", { name: "Undo reset" }).click();
    await reload(page);
    expect(await codeOf(page, 2)).toBe("start + 5");
  });

  it("keeps what two tabs have written, and each sees the other's", async () => {
    const { page: one } = await open();
    const two = await one.context().newPage();
    await two.goto(one.url());
    await two.waitForSelector("body.lab-live");
    await write(one, 2, "start + 5");
    await write(two, 3, "start + 6");
    await expect.poll(() => codeOf(one, 3)).toBe("start + 6");
    await expect.poll(() => codeOf(two, 2)).toBe("start + 5");
    await reload(two);
    expect(await codeOf(two, 2)).toBe("start + 5");
    expect(await codeOf(two, 3)).toBe("start + 6");
    // What one resets is gone in the other, too, and either brings it back.
    await one.getByRole("button", { name: "Reset all" }).click();
    await one.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await expect.poll(() => codeOf(two, 2)).toBe("start + 1");
    await two.getByRole("button", { name: "Undo reset" }).click();
    await expect.poll(() => codeOf(one, 2)).toBe("start + 5");
    expect(await codeOf(two, 3)).toBe("start + 6");
  });

  it("keeps answers where the author has inserted, corrected and removed cells", async () => {
    const { page } = await open();
    await write(page, 3, "start + 6");
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as notebook" }).click(),
    ]);
    const file = await saved.path();
    await write(page, 2, "start + 5");
    // The same address, as when the author puts a corrected page in its place.
    const again = await filesOf(live, await fixtureJob({ cells: corrected }));
    writeFileSync(path("cells"), String(again[0]?.data));
    try {
      await reload(page);
      expect(await codeOf(page, 3)).toBe("start + 5");
      expect(await say(page)).toMatch(/newer text for cell 3: yours is kept/);
      await page.getByText("Yours, from cells that this page no longer has (1)").click();
      expect(await page.locator(".lab-kept pre").innerText()).toBe("start + 6");
      // In the file nobody has changed cell 2, and the page has a newer text for it.
      await page.setInputFiles("#lab-open", file);
      await expect.poll(() => say(page)).toContain("only cells that this page does not have");
      expect(await codeOf(page, 3)).toBe("start + 5");
      const both = { "cell-next": "start + 7", "cell-last": "start + 8" };
      await page.goto(page.url() + linkTo("cells.student", both));
      await page.getByText("changes one cell, and one cell that this page does not have").waitFor();
      await page.getByRole("button", { name: "Take theirs" }).click();
      await page.getByRole("button", { name: "Undo reset" }).click();
      expect(await codeOf(page, 3)).toBe("start + 5");
    } finally {
      const back = await filesOf(live, await fixtureJob({ cells: notebook }));
      writeFileSync(path("cells"), String(back[0]?.data));
    }
    await reload(page);
    expect(await codeOf(page, 3)).toBe("start + 8");
  });

  it("shows a shared version in a place of its own, and runs none of it", async () => {
    const { page } = await open();
    await write(page, 2, "start + 5");
    await page.goto(page.url() + shared.hash);
    await page.getByRole("button", { name: "Keep mine" }).waitFor();
    expect(await codeOf(page, 2)).toBe("start + 100");
    expect(await page.locator("#lab-question").innerText()).toContain("Nothing has run");
    expect(await page.locator(".lab-status").allInnerTexts()).toEqual(["", "", ""]);
    expect(page.url()).not.toContain("#");
    await write(page, 3, "start + 200");
    await reload(page);
    expect(await codeOf(page, 2)).toBe("start + 100");
    expect(await codeOf(page, 3)).toBe("start + 200");
    await page.getByRole("button", { name: "Keep mine" }).click();
    expect(await codeOf(page, 2)).toBe("start + 5");
    expect(await codeOf(page, 3)).toBe("start + 2");
    await reload(page);
    expect(await codeOf(page, 2)).toBe("start + 5");
  });

  it("takes a shared version when asked to, and can go back", async () => {
    const { page } = await open();
    await write(page, 3, "start + 5");
    await page.goto(page.url() + shared.hash);
    await page.getByRole("button", { name: "Take theirs" }).click();
    expect(await codeOf(page, 2)).toBe("start + 100");
    expect(await codeOf(page, 3)).toBe("start + 2");
    await reload(page);
    expect(await codeOf(page, 2)).toBe("start + 100");
    await page.getByRole("button", { name: "Undo reset" }).click();
    expect(await codeOf(page, 2)).toBe("start + 1");
    expect(await codeOf(page, 3)).toBe("start + 5");
  });

  it("copies a link that opens the version elsewhere, and leaves the address as it is", async () => {
    const { page } = await open();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await write(page, 2, "console.log('shared'); 7");
    await page.getByRole("button", { name: "Copy link" }).click();
    await expect.poll(() => say(page)).toContain("is copied");
    expect(page.url()).not.toContain("#");
    const link = String(await page.evaluate("navigator.clipboard.readText()"));
    const { page: other } = await open({ hash: new URL(link).hash });
    expect(await output(await run(other, 2))).toBe("shared\n7\n");
  });

  it("shows the link where the browser does not let a page copy", async () => {
    const { page } = await open();
    await page.evaluate("Object.defineProperty(globalThis, 'isSecureContext', { value: false })");
    await write(page, 2, "7");
    await page.getByRole("button", { name: "Copy link" }).click();
    expect(await page.locator("#lab-link").inputValue()).toContain("#edits=");
  });

  it("offers a file where a version is too long for a link", async () => {
    const { page } = await open({}, "long");
    const noise = Array.from({ length: 40_000 }, (_, i) => ((i * i * 7919) % 65_521).toString(36));
    await write(page, 1, `"${noise.join("")}"`);
    await page.getByRole("button", { name: "Copy link" }).click();
    expect(await say(page)).toContain("too long for a link: save it as a notebook");
  });

  it("saves a version as a notebook and as a page, and opens either again", async () => {
    const { page } = await open();
    await write(page, 2, "start + 5 // </script><!--");
    await run(page, 2);
    for (const [button, name] of [
      ["Save as notebook", "cells.mine.ipynb"],
      ["Save as page", "cells.mine.html"],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: button }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(name);
      const file = await download.path();
      const text = readFileSync(file, "utf8");
      if (name.endsWith(".ipynb")) {
        const { cells, metadata } = JSON.parse(text) as {
          cells: { source: string[]; outputs?: unknown[] }[];
          metadata: Record<string, unknown>;
        };
        expect(cells.map(({ source }) => source.join(""))).toEqual([
          "# Cells",
          "const start = 20;",
          "start + 5 // </script><!--",
          "start + 2",
        ]);
        expect(cells[2]?.outputs).toEqual([
          { name: "stdout", output_type: "stream", text: ["25\n"] },
        ]);
        expect(metadata["kernelspec"]).toMatchObject({ name: "tslab" });
      } else {
        const place = onDisk([{ path: name, data: text }]);
        const { page: reading, errors } = await openFile(`${place}/${name}`);
        expect(await reading.locator("body").innerText()).toContain("start + 5 // </script><!--");
        expect(await reading.locator("body").innerText()).toContain("25");
        expect(errors).toEqual([]);
      }
      const { page: other } = await open();
      await other.setInputFiles("#lab-open", { name, mimeType: "", buffer: Buffer.from(text) });
      await other.getByRole("button", { name: "Take theirs" }).click();
      expect(await codeOf(other, 2)).toBe("start + 5 // </script><!--");
      expect(await codeOf(other, 3)).toBe("start + 2");
    }
  });

  it.each([
    ["no notebook", "hello", "is no notebook"],
    [
      "another page's",
      JSON.stringify({ cells: [], metadata: { lockdep_lab: { page: "x" } } }),
      "x",
    ],
  ])("says what is wrong with a file that is %s", async (_, text, words) => {
    const { page } = await open();
    const buffer = Buffer.from(text);
    await page.setInputFiles("#lab-open", { name: "a.ipynb", mimeType: "", buffer });
    await expect.poll(() => say(page).catch(() => "")).toContain(words);
  });

  it.each([
    ["damaged", "#edits=%%%", "damaged"],
    [
      "cut short",
      linkTo("cells.student", { "cell-start": "1".repeat(500) }).slice(0, 30),
      "damaged",
    ],
    ["far too large", linkTo("cells.student", { "cell-start": "1".repeat(3_000_000) }), "damaged"],
    ["of another notebook", linkTo("other.student", {}), "another notebook"],
    ["of another edition", linkTo("cells.teacher", {}), "teacher edition of this notebook"],
    ["changed by a letter", oneLetterOff, "damaged"],
  ])("says that a link is %s", async (_, hash, words) => {
    const { page } = await open({ hash });
    expect(await page.locator("#lab-message").innerText()).toContain(words);
    expect(await output(await run(page, 2))).toBe("21\n");
  });
});
