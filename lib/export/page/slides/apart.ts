/** Takes a cell apart that is too tall for a slide: its code, its outputs, long text in pieces. */
import { piecesOfLines } from "./line-cuts.js";
import { room } from "./size.js";

/** The line that says what a slide continues, with its margins. */
const continuedLine = 60;

/**
 * Puts blocks of its parts in the place of the block and returns them, the block itself first.
 *
 * @param left the height that the first of them may have; the others get a slide of their own
 */
export function apart(block: HTMLElement, left: number): HTMLElement[] {
  const whole = block.querySelector<HTMLElement>(".lab-cell, .lab-prose");
  if (whole === null) return [block];
  const [own, further] = [":scope.lab-prose > *, :scope > .lab-code", ":scope > .lab-output > *"];
  const code = whole.querySelector<HTMLElement>(":scope > .lab-code");
  const mark = whole.querySelector<HTMLElement>(":scope > .lab-mark");
  // Text of an output begins below the code that made it, if that leaves room for some.
  const below = Math.max(left - continuedLine - (code?.offsetHeight ?? 0), left / 2);
  const parts = [
    ...[...whole.querySelectorAll<HTMLElement>(own)].flatMap((part) =>
      linesApart(part, left - continuedLine - (mark?.offsetHeight ?? 0)),
    ),
    ...[...whole.querySelectorAll<HTMLElement>(further)].flatMap((part) => {
      const pieces = linesApart(part, below);
      return pieces.map((piece) => inOutput(piece));
    }),
  ];
  whole.replaceChildren();
  const blocks = parts.map((_, i) => (i === 0 ? block : document.importNode(block, true)));
  // What says whose turn it is stands above the first of the code.
  if (mark !== null) whole.append(mark);
  for (const [i, part] of parts.entries()) {
    const place = blocks[i]?.querySelector(".lab-cell, .lab-prose");
    if (i > 0) place?.removeAttribute("id");
    place?.append(part);
  }
  block.after(...blocks.slice(1));
  return blocks;
}

function inOutput(part: HTMLElement): HTMLElement {
  const output = document.createElement("div");
  output.className = "lab-output";
  output.append(part);
  return output;
}

/** Returns the part, or its text in pieces, the first of which is not higher than that, of whole lines each. */
function linesApart(part: HTMLElement, height: number): HTMLElement[] {
  const text = part.matches("pre") ? part : part.querySelector<HTMLElement>("pre > code");
  const tall = part.offsetHeight;
  if (text === null || tall <= height || text.querySelector("strong") !== null) return [part];
  // No element of highlighted code goes on over the end of a line.
  const lines = text.innerHTML.replace(/\n$/, "").split("\n");
  const line = tall / lines.length;
  const rooms = { first: height / line, further: (room.height - continuedLine) / line };
  return piecesOfLines(lines, rooms, withoutMarkup).map((piece) => {
    text.innerHTML = piece.join("\n");
    return document.importNode(part, true);
  });
}

function withoutMarkup(line: string): string {
  return line.replace(/<[^>]*>/g, "");
}
