/** Takes a cell apart that is too tall for a slide: its code, its outputs, long text in pieces. */

/** The line that says what a slide continues, with its margins. */
const continuedLine = 60;

/** Puts blocks of its parts in the place of the block and returns them, the block itself first. */
export function apart(block: HTMLElement, room: number): HTMLElement[] {
  const whole = block.querySelector<HTMLElement>(".lab-cell, .lab-prose");
  if (whole === null) return [block];
  const [own, further] = [":scope.lab-prose > *, :scope > .lab-code", ":scope > .lab-output > *"];
  const code = whole.querySelector<HTMLElement>(":scope > .lab-code");
  const mark = whole.querySelector<HTMLElement>(":scope > .lab-mark");
  // Text of an output begins below the code that made it, if that leaves room for some.
  const below = Math.max(room - continuedLine - (code?.offsetHeight ?? 0), room / 2);
  const parts = [
    ...[...whole.querySelectorAll<HTMLElement>(own)].flatMap((part) =>
      linesApart(part, room - continuedLine - (mark?.offsetHeight ?? 0)),
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

/** Returns the part, or its text in pieces of about that height, whole lines each. */
function linesApart(part: HTMLElement, height: number): HTMLElement[] {
  const text = part.matches("pre") ? part : part.querySelector<HTMLElement>("pre > code");
  const tall = part.offsetHeight;
  if (text === null || tall <= height || text.querySelector("strong") !== null) return [part];
  // No element of highlighted code goes on over the end of a line.
  const lines = text.innerHTML.replace(/\n$/, "").split("\n");
  const length = Math.ceil(lines.length / Math.ceil(tall / height));
  return Array.from({ length: Math.ceil(lines.length / length) }, (_, i) => {
    text.innerHTML = lines.slice(i * length, (i + 1) * length).join("\n");
    return document.importNode(part, true);
  });
}
