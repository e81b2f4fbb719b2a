/** Where what else stays together is parted, so that a page is filled. */

const whole = "lab-whole";
/** Headings, and words that `keepTogether()` has found to lead on. */
const leading = 'h1, h2, h3, h4, p[style*="break-after"]';

/** Lets a page end between lines of what has gone over whole to the next; returns whether it then begins before. */
export function tear(piece: HTMLElement, returns: () => boolean): boolean {
  const parts = withWhatItLeadsTo(piece.closest<HTMLElement>(".lab-marked") ?? piece);
  if (parts.some((one) => one.querySelector(".lab-still") !== null)) return false;
  const words = piece.matches(`.${whole}`) ? piece.querySelector(":scope > .lab-prose") : null;
  // Its words stay with the first lines of what they lead to.
  words?.classList.add("lab-leads");
  const inside = parts.flatMap((one) => [one, ...one.querySelectorAll(`.${whole}`)]);
  const parted = withoutWhole(inside, returns);
  if (!parted) words?.classList.remove("lab-leads");
  return parted;
}

/** A heading, what stands below it, and what that leads to. */
function withWhatItLeadsTo(piece: Element): Element[] {
  const parts = [piece];
  for (let last: Element | null = piece; last?.matches(leading) === true;) {
    last = last.nextElementSibling;
    if (last !== null) parts.push(last);
  }
  return parts;
}

/** Lets a page end between code and its drawing, if that brings the code back to the page before. */
export function partWays(piece: HTMLElement, returns: () => boolean): boolean {
  const cell = piece.matches(".lab-cell") ? piece : piece.querySelector<HTMLElement>(".lab-cell");
  const code = cell?.querySelector<HTMLElement>(":scope > .lab-code");
  if (cell == null || code == null || cell.querySelector(".lab-still") === null) return false;
  code.style.breakAfter = "auto";
  const parted = withoutWhole([piece, cell], returns);
  if (!parted) code.style.breakAfter = "";
  return parted;
}

/** Lets a page end between a cell's code and its drawing. */
export function mayPart(cell: HTMLElement): void {
  const code = cell.querySelector<HTMLElement>(":scope > .lab-code");
  if (code === null || cell.querySelector(".lab-still") === null) return;
  cell.classList.remove(whole);
  cell.classList.add("lab-parted");
  code.style.breakAfter = "auto";
}

function withoutWhole(places: readonly Element[], returns: () => boolean): boolean {
  const kept = places.filter((one) => one.matches(`.${whole}`));
  for (const one of kept) one.classList.remove(whole);
  if (returns()) return true;
  for (const one of kept) one.classList.add(whole);
  return false;
}
