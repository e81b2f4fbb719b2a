import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inlineSvg, inlineText } from "../../../lib/export/outputs/inline-figure.js";
import { readMarkup, writeMarkup } from "../../../lib/export/outputs/markup-tree.js";
import { isRecord } from "../../../lib/primitives/record.js";
import { showOutputs } from "../../../lib/export/outputs/outputs.js";
import { parseNotebook } from "../../../lib/export/source/notebook.js";
import { usageBits } from "../../../lib/views/index.js";
import { notebookFile, notebookNames } from "../../notebook/files.js";

const drawing = usageBits("{-.-.}").svg;
const inside = (markup: string): string => drawing.replace("</svg>", `${markup}</svg>`);
const text = (markup: string): string => `<div class="lab-splat"><b>a</b>${markup}</div>`;

describe("a figure in a page", () => {
  it("is every drawing and every text of the notebooks, as an element", () => {
    const images: string[] = [];
    let shown = 0;
    for (const path of notebookNames.map(notebookFile)) {
      for (const cell of parseNotebook(readFileSync(path, "utf8"), path).cells) {
        for (const figure of cell.kind === "code" ? showOutputs(cell.outputs) : []) {
          if (figure.kind !== "figure") continue;
          shown++;
          const forms = [
            figure.picture?.drawing,
            ...(figure.frames ?? []).map(({ svg }) => inlineSvg(svg)),
          ];
          if (forms.includes(undefined) || figure.text === "") images.push(`${path} ${cell.id}`);
        }
      }
    }
    expect(images).toEqual([]);
    expect(shown).toBeGreaterThan(30);
  });

  it("keeps its words and its shapes, and has the page's rules for its own", () => {
    const made = inlineSvg(drawing) ?? "";
    const shapes = (markup: string): string[] => markup.match(/<(?:text|rect|line|path)\b/g) ?? [];
    expect(shapes(made)).toEqual(shapes(drawing));
    expect(made).not.toContain("<style");
    expect(made).toContain('class="lab-svg"');
  });

  it.each([
    "<script>1</script>",
    '<a href="https://example.org/"><text>x</text></a>',
    '<image href="https://example.org/x.png"/>',
    '<use href="#x"/>',
    '<foreignObject width="9" height="9"></foreignObject>',
    '<rect onload="1" width="1"/>',
    '<rect fill="url(https://example.org/)" width="1"/>',
    '<rect style="fill:url(#a)" width="1"/>',
    '<rect style="position:fixed" width="1"/>',
    '<g id="lab-main"></g>',
    "<text>x",
    "<!-- x -->",
    "<text x=1>x</text>",
    "<text>a & b</text>",
    "<![CDATA[x]]>",
  ])("stays an image that can do nothing where it holds %s", (markup) => {
    expect(inlineSvg(inside(markup))).toBeUndefined();
    expect(inlineSvg(drawing)).toBeDefined();
  });

  it.each([
    "<script>1</script>",
    "<style>body{display:none}</style>",
    '<img src="x" onerror="1">',
    '<a href="javascript:1">x</a>',
    '<b style="position:fixed">x</b>',
    '<b style="margin:0 -900px">x</b>',
    '<b style="background:url(https://example.org/)">x</b>',
    '<b style="color:expression(1)">x</b>',
    '<b style="color:red;;width:\\75rl(x)">x</b>',
    '<b onclick="1">x</b>',
    '<form action="x"></form>',
    "<pre>x",
  ])("stays a frame that can do nothing where its text holds %s", (markup) => {
    expect(inlineText(text(markup))).toBeUndefined();
    expect(inlineText(text("<pre>&lt;b&gt;</pre>"))).toBeDefined();
  });

  it("is text of the page where a row of it spans columns, as between two functions", () => {
    const row = '<tr><td colspan="3">&nbsp;</td></tr>';
    expect(inlineText(`<table class="lab-beside">${row}</table>`)).toContain("colspan");
    expect(inlineText(`<table class="lab-beside" onclick="1">${row}</table>`)).toBeUndefined();
  });

  it("is not what others have made, drawn or written", () => {
    expect(inlineSvg('<svg xmlns="http://www.w3.org/2000/svg"></svg>')).toBeUndefined();
    expect(inlineText("<table><tr><td>1</td></tr></table>")).toBeUndefined();
    expect(inlineSvg("")).toBeUndefined();
    expect(inlineText("text")).toBeUndefined();
  });

  it("reads its own writing as what it wrote", () => {
    const tree = readMarkup(drawing);
    if (tree === undefined) throw new Error("a figure of the lab's is not read");
    const again = readMarkup(writeMarkup(tree));
    expect(again).toEqual(tree);
    expect(isRecord(again)).toBe(true);
  });
});
