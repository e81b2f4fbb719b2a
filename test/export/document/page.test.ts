import { describe, expect, it } from "vitest";
import { renderPage, type DataBlock } from "../../../lib/export/document/page.js";

const hostile = ["<!-- -->", "</script>", "</SCRIPT >", "<!--<script>", "a < b", "\u2028"];

function blockIn(type: DataBlock["type"], text: string): string {
  const data = [{ id: "block", type, text }];
  const page = renderPage({
    title: "t",
    description: "d",
    body: "",
    styles: [],
    scripts: [],
    data,
  });
  return /<script type="[^"]+" id="block">([^]*?)<\/script/i.exec(page)?.[1] ?? "";
}

describe("a page's data", () => {
  it("comes back from a block of JSON as it went in, whatever markup it holds", () => {
    const block = blockIn("application/json", JSON.stringify(hostile));
    expect(JSON.parse(block)).toEqual(hostile);
    expect(block).not.toContain("<");
  });

  it("cannot end a block of a program, nor begin a comment in it", () => {
    const block = blockIn("text/plain", 'x = "</script><!--";');
    expect(block).toBe('x = "<\\/script>\\x3c!--";');
  });
});
