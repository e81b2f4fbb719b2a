import { describe, expect, it } from "vitest";
import { joined, type Cell } from "../../lib/notebook/document/notebook.js";
import { readNotebook } from "../../lib/notebook/document/notebook-file.js";
import { isRecord } from "../../lib/primitives/record.js";
import { margin, pageWidth } from "../../lib/views/draw/card.js";
import { unpackFrames } from "../../lib/views/draw/packed-frames.js";
import { notebookFile, notebookNames } from "./files.js";

const most = pageWidth + 2 * margin;
const widthIn = (svgOrTag: string): number => Number(/ width="([\d.]+)"/.exec(svgOrTag)?.[1] ?? 0);

/** The figures of a cell's stored outputs: how wide each is in a notebook that has room for no wider one. */
function widthsIn({ id, outputs }: Cell): readonly (readonly [id: string, width: number])[] {
  return outputs.flatMap(({ data }) => {
    const bundle = isRecord(data) ? data : {};
    // Plotly draws for the width that there is.
    if ("application/vnd.plotly.v1+json" in bundle) return [];
    const frames = unpackFrames(bundle["application/vnd.lockdep-lab.frames+json"]);
    if (frames.length > 0) {
      return frames.map(({ svg, narrow }) => [id, widthIn(narrow ?? svg)] as const);
    }
    const image = /<img [^>]*>/.exec(joined(bundle["text/html"]))?.[0];
    return image === undefined ? [] : [[id, widthIn(image)] as const];
  });
}

describe.each(notebookNames)("the figures of %s", (name) => {
  const widths = readNotebook(notebookFile(name)).cells.flatMap(widthsIn);

  it("are no wider than a notebook in a window of 900 pixels", () => {
    expect(widths.length).toBeGreaterThan(0);
    expect(widths.filter(([, width]) => width === 0 || width > most)).toEqual([]);
  });
});
