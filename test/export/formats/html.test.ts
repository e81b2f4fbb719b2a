import { beforeAll, describe, expect, it } from "vitest";
import { html } from "../../../lib/export/formats/html.js";
import { filesOf, fixtureJob, textOf } from "../exporting.js";
import { fixture, hostile, secret } from "../fixture.js";
import { code, notebookText, prose } from "../notebooks.js";

describe("the html format", () => {
  let page = "";
  beforeAll(async () => {
    page = textOf(await filesOf(html, await fixtureJob({ fixture })), "fixture.html");
  });

  /** The page without what its own scripts and styles hold. */
  const markup = (): string =>
    page.replace(/<script>[^]*?<\/script>/g, "").replace(/<style>[^]*?<\/style>/g, "");

  it("is one file that names no address to load from", () => {
    const loaded = markup().match(/<(?:script|img|iframe|source)[^>]+src="(?!data:)[^"]*/g);
    expect(loaded).toBeNull();
    expect(markup().match(/<link [^>]*>/g)).toEqual(['<link rel="icon" href="data:,">']);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-/);
    expect(policy).not.toContain("unsafe-eval");
  });

  it("shows text of notebooks as text", () => {
    expect(page.includes(hostile)).toBe(false);
    expect(/(?:href|src)="javascript:/.test(markup())).toBe(false);
  });

  it("holds nothing of the solutions", () => {
    expect(page.includes(secret.slice(0, 25))).toBe(false);
    expect(page.includes("answerOfTheTeacher")).toBe(false);
  });

  it("holds each library once, and none that it does not need", async () => {
    expect(page.split('id="lab-plotly"').length).toBe(2);
    expect(page.split('id="lab-mermaid"').length).toBe(2);
    const plain = textOf(
      await filesOf(html, await fixtureJob({ plain: notebookText([prose("# Plain")]) })),
      "plain.html",
    );
    expect(plain.length).toBeLessThan(40_000);
  });

  it("leads from notebook to notebook", () => {
    expect(page.includes('href="02-next.html#part"')).toBe(true);
  });

  it("says above its title which notebook it is, and folds imports with what they load", async () => {
    const text = notebookText([
      prose("# Many"),
      code('import { loadKernelC } from "lockdep-lab";\nconst kernelC = await loadKernelC();'),
      code('import { kvm } from "lockdep-lab";\nconst model = kvm(kernelC);'),
    ]);
    const many = textOf(await filesOf(html, await fixtureJob({ "04-many": text })), "04-many.html");
    expect(many).toMatch(/<p class="lab-kicker">Notebook 4<\/p>\s*<div[^>]*><h1 id="many">/);
    expect(page).not.toContain('class="lab-kicker"');
    expect(many.match(/<summary>Imports, cell \d/g)).toEqual(["<summary>Imports, cell 1"]);
  });

  it("ends no line inside a date of its prose", async () => {
    const text = notebookText([
      prose("# Dates\n\n| when |\n|---|\n| 2023-03-10 |\n\n`2023-03-11` <b>"),
    ]);
    const dated = textOf(await filesOf(html, await fixtureJob({ dates: text })), "dates.html");
    expect(dated).toContain("<td><time>2023-03-10</time></td>");
    expect(dated).toMatch(/<code>2023-03-11<\/code> &lt;b&gt;/);
  });

  it("is the same for the same notebook", async () => {
    const again = textOf(await filesOf(html, await fixtureJob({ fixture })), "fixture.html");
    expect(again === page).toBe(true);
  });
});
