import { beforeAll, expect, it } from "vitest";
import { live } from "../../../lib/export/formats/live.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { hostile } from "../fixture.js";
import { code, notebookText, prose, stdout } from "../notebooks.js";
import { describeInChromium, onDisk, type OpenOptions, type Opened } from "./chromium.js";
import { finished, linkTo, output, run, write } from "./live-page.js";

const exercise = notebookText([
  prose("# An exercise"),
  code("const given = 2;"),
  code("const answer = given; // change this"),
  code("answer === 4 ? 'solved' : 'not yet'", [stdout("not yet\n")]),
  code("const other = 1;"),
  code("other", [stdout("1\n")]),
]);
const blank = notebookText([prose("# Blank"), code("1"), code("2"), code("3")]);

describeInChromium("how runs of a live page end", (openFile) => {
  let folder = "";
  beforeAll(async () => {
    folder = onDisk(await filesOf(live, await fixtureJob({ exercise, blank })));
  });
  const open = async (name: string, options?: OpenOptions): Promise<Opened> => {
    const opened = await openFile(`${folder}/${name}.live.html`, options);
    await opened.page.waitForSelector("body.lab-live");
    return opened;
  };
  /** Opens the blank page with these cells. */
  const cellsWith = (...sources: readonly string[]): Promise<Opened> => {
    const entries = sources.map((source, i) => [`cell-c${i + 2}`, source] as const);
    return open("blank", { hash: linkTo("blank.student", Object.fromEntries(entries)) });
  };

  it("runs again what an edited cell above has changed: a right answer is not judged by an old one", async () => {
    const { page } = await open("exercise");
    expect(await output(await run(page, 3))).toBe("not yet\n");
    await write(page, 2, "const answer = given * 2;");
    expect(await output(await run(page, 3))).toBe("solved\n");
  });

  it("says which cell above failed, with a link to it, and greys out the old output", async () => {
    const { page } = await open("exercise");
    await run(page, 3);
    await write(page, 2, "const answer = missing;");
    const check = page.locator(".lab-cell").nth(2);
    await page.getByRole("button", { name: "Run cell 3" }).click();
    await check.getByText("not run: cell 2 above failed").waitFor();
    expect(await check.getByRole("link", { name: "cell 2" }).getAttribute("href")).toBe("#cell-c3");
    expect(await check.locator(".lab-stale").count()).toBe(1);
    expect(await page.locator(".lab-cell").nth(1).locator(".lab-status").innerText()).toBe(
      "failed",
    );
    // One that does not even parse is blamed for the names that it would declare.
    await write(page, 2, "const answer = ;");
    await page.getByRole("button", { name: "Run cell 3" }).click();
    await page.locator(".lab-cell").nth(1).getByText("SyntaxError").waitFor();
    await check.getByText("not run: cell 2 above failed").waitFor();
    await write(page, 2, "const answer = 4;");
    expect(await output(await run(page, 3))).toBe("solved\n");
    expect(await check.locator(".lab-stale").count()).toBe(0);
  });

  it("greys out an output as soon as what it was made from is edited, and no other", async () => {
    const { page } = await open("exercise");
    const stale = (): Promise<readonly boolean[]> =>
      page
        .locator(".lab-output")
        .evaluateAll((all) => all.map((one) => one.classList.contains("lab-stale")));
    expect(await stale()).toEqual([false, false, false, false, false]);
    await write(page, 1, "const given = 4;");
    expect(await stale()).toEqual([false, false, true, false, false]);
    expect(await page.locator(".lab-stale-note").innerText()).toContain("Out of date");
    await write(page, 1, "const given = 2;");
    expect(await stale()).toEqual([false, false, false, false, false]);
    await run(page, 3);
    await write(page, 2, "const answer = 4;");
    expect(await stale()).toEqual([false, false, true, false, false]);
    await page.getByRole("button", { name: "Reset cell 2" }).click();
    expect(await stale()).toEqual([false, false, false, false, false]);
  });

  it("gives every cell a status when all are run and stopped in the middle", async () => {
    const { page } = await cellsWith("1", "for (;;) {}", "3");
    await page.getByRole("button", { name: "Run all" }).click();
    await page.locator(".lab-status", { hasText: "running" }).waitFor();
    await page.locator("#lab-stop").click();
    await page.locator(".lab-status", { hasText: "stopped before" }).waitFor();
    const texts = await page.locator(".lab-status").allInnerTexts();
    expect(texts.map((text) => text.split(":")[0]?.replace(/\d.*/, ""))).toEqual([
      "ran in ",
      "stopped",
      "stopped before its turn",
    ]);
    expect(await output(await run(page, 3))).toBe("3\n");
  });

  it.each([
    ["closes the worker", "self.close(); 'on'"],
    ["closes the worker by its prototype", "DedicatedWorkerGlobalScope.prototype.close.call(self)"],
    [
      "breaks arrays",
      "Array.prototype[Symbol.iterator] = () => { throw 1 }; Array.prototype.push = () => 0; 1",
    ],
    ["breaks promises", "Promise.prototype.then = () => new Promise(() => {}); 1"],
    ["breaks maps and text", "Map.prototype.set = null; String.prototype.charCodeAt = () => 0; 1"],
    ["breaks ports", "MessagePort.prototype.postMessage = () => {}; 1"],
    ["breaks JSON and Reflect", "JSON.stringify = null; Reflect.apply = null; 1"],
    ["breaks timers", "setTimeout = () => {}; performance.now = null; 1"],
  ])("ends every run of a cell that %s, and the next", async (_, source) => {
    const { page } = await cellsWith(source, "40 + 2");
    await run(page, 1);
    expect(await output(await run(page, 2))).toBe("42\n");
  });

  it("hears nothing that a cell says in the worker's name", async () => {
    const { page, errors } = await cellsWith(
      `const forged = { kind: "output", cell: "cell-c3", output: { kind: "text", stream: ${JSON.stringify(hostile)}, text: "x" } };
       for (const post of [self.postMessage, DedicatedWorkerGlobalScope.prototype.postMessage])
         try { post.call(self, forged); post.call(self, { kind: "idle" }); } catch {}
       self.dispatchEvent(new MessageEvent("message", { data: forged }));
       'done'`,
    );
    const cell = await run(page, 1);
    expect(await output(cell)).toBe("done\n");
    expect(await output(page.locator(".lab-cell").nth(1))).toBe("");
    expect(await page.evaluate("globalThis.pwned")).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it("goes on after what is thrown by itself, and after every object got a new property", async () => {
    const { page } = await cellsWith(
      "(Object.prototype as any).kind = 'full'; 'polluted'",
      "queueMicrotask(() => { throw new Error('by itself'); });\n" +
        "setTimeout(() => { throw Object.create(null); });\n" +
        "await new Promise((done) => setTimeout(done, 5));\nlet kept = 5;",
      "kept + 1",
    );
    expect(await output(await run(page, 1))).toContain("changed Object.prototype.kind");
    expect(await output(await run(page, 2))).toMatch(
      /Error: by itself[^]*Uncaught: \[Object: null prototype\]/,
    );
    expect(await output(await run(page, 3))).toBe("6\n");
  });

  it("ends timers with their cell", async () => {
    const { page } = await cellsWith(
      "setInterval(() => console.log('tick'), 5); setTimeout(() => console.log('late'), 60);\n'begun'",
      "await new Promise((done) => setTimeout(done, 200)); 'quiet'",
    );
    expect(await output(await run(page, 1))).toContain("begun");
    expect(await output(await run(page, 2))).toBe("quiet\n");
  });

  it.each([
    [
      "a frame",
      "const again = () => { console.log('late'); requestAnimationFrame(again); }; again();",
    ],
    [
      "a channel",
      `const { port1, port2 } = new MessageChannel();
       port1.onmessage = () => { console.log("late"); port2.postMessage(1); };
       port2.postMessage(1);`,
    ],
    [
      "a loop that nobody awaits",
      `void (async () => {
         for (;;) { await new Promise((go) => setTimeout(go, 1)); console.log("late"); }
       })();`,
    ],
  ])("ends %s with its cell", async (_, source) => {
    const { page } = await cellsWith(
      `${source}\n"begun"`,
      "await new Promise((done) => setTimeout(done, 200)); 'quiet'",
    );
    expect(await output(await run(page, 1))).toContain("begun");
    expect(await output(await run(page, 2))).toBe("quiet\n");
  });

  it.each(["Worker", "SharedWorker", "BroadcastChannel"])(
    "lets no cell make a %s, which would go on without it",
    async (name) => {
      const { page } = await cellsWith(`new ${name}("data:,")`, "40 + 2");
      expect(await output(await run(page, 1))).toContain(`a cell cannot call ${name}()`);
      expect(await output(await run(page, 2))).toBe("42\n");
    },
  );

  it("keeps what readers have written from cells", async () => {
    const { page } = await cellsWith("typeof indexedDB", "typeof localStorage");
    expect(await output(await run(page, 1))).toContain("undefined");
    expect(await output(await run(page, 2))).toContain("undefined");
  });

  it("names the cell of an error by the number that it shows", async () => {
    const { page } = await cellsWith("1", "function f() { throw new Error('no') }", "f()");
    const failed = await run(page, 3);
    expect(await output(failed)).toContain("at f in cell 2, line 1");
    expect(await page.locator(".lab-number").nth(1).innerText()).toBe("2");
    expect(await failed.locator(".lab-number").getAttribute("aria-label")).toBe("Cell 3");
  });

  it("lets an old message go when something is run", async () => {
    const { page } = await cellsWith("for (;;) {}", "1");
    await page.evaluate(`document.querySelector("#lab-limit option").value = "0.2"`);
    await run(page, 1);
    expect(await page.locator("#lab-message").innerText()).toContain("time is up");
    await run(page, 2);
    expect(await page.locator("#lab-message").isHidden()).toBe(true);
    await finished(page.locator(".lab-cell").nth(0));
  });
});
