import { describe, expect, it } from "vitest";
import { piecesOfLines } from "../../../../lib/export/page/slides/line-cuts.js";

const body = (name: string): string[] => [
  `static void ${name}(void)`,
  "{",
  "\tlock();",
  "\tunlock();",
  "}",
];
const three = [...body("a"), "", ...body("b"), "", ...body("c")];

describe("long code on slides", () => {
  it("goes on where a blank line parts two functions, with none at the edge of a slide", () => {
    expect(piecesOfLines(three, { first: 13, further: 20 })).toEqual([
      [...body("a"), "", ...body("b")],
      body("c"),
    ]);
    expect(piecesOfLines(three, { first: 6, further: 12 })).toEqual([
      body("a"),
      [...body("b"), "", ...body("c")],
    ]);
  });

  it("is whole where it fits", () => {
    expect(piecesOfLines(three, { first: 17, further: 1 })).toEqual([three]);
  });

  it("takes no more slides than it needs, and begins none with a bracket where another place will do", () => {
    const long = [
      "static void f(void)",
      "{",
      ...Array.from({ length: 17 }, (_, i) => `\tstep(${i});`),
      "}",
    ];
    const pieces = piecesOfLines(long, { first: 10, further: 10 });
    expect(pieces.map(({ length }) => length)).toEqual([10, 10]);
    expect(pieces.flat()).toEqual(long);
    const [, rest = []] = piecesOfLines(long, { first: 19, further: 19 });
    expect(rest.length).toBeGreaterThanOrEqual(4);
  });

  it("ends no slide with a colon, nor with a blank line behind one, where another place will do", () => {
    const chain = [
      "which lock already depends on the new lock.",
      "",
      "  taken at one",
      "  and two",
    ];
    const leads = [
      "other info that might help us debug this:",
      "",
      " Possible unsafe scenario:",
      "",
    ];
    const scenario = ["       CPU0", "       ----", "  lock(a);", "  lock(b);"];
    for (const first of [5, 6, 7, 8]) {
      expect(piecesOfLines([...chain, "", ...leads, ...scenario], { first, further: 9 })).toEqual([
        chain,
        [...leads, ...scenario],
      ]);
    }
  });

  it("keeps every line, in its order, and none more than fit", () => {
    const lines = Array.from({ length: 97 }, (_, i) =>
      i % 9 === 8 ? "" : `${i % 3 === 0 ? "" : "  "}line ${i}`,
    );
    for (const further of [5, 11, 30]) {
      const pieces = piecesOfLines(lines, { first: 7, further });
      expect(pieces.flat().filter((line) => line !== "")).toEqual(
        lines.filter((line) => line !== ""),
      );
      expect(Math.max(...pieces.slice(1).map(({ length }) => length))).toBeLessThanOrEqual(further);
      expect(pieces[0]?.length).toBeLessThanOrEqual(7);
    }
  });

  it("is judged by what its lines say, not by their markup", () => {
    const marked = three.map((line) => `<span class="x">${line}</span>`);
    const text = (line: string): string => line.replace(/<[^>]*>/g, "");
    expect(
      piecesOfLines(marked, { first: 13, further: 20 }, text).map(({ length }) => length),
    ).toEqual([11, 5]);
  });
});
