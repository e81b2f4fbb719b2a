/** The steps of a player that begin on the page before its drawing. */

/** Fewer steps than this do not stand alone before a drawing or behind it. */
const fewSteps = 4;

/**
 * Puts as many steps between a player's code and its drawing as still fit below the code.
 *
 * @param piece the cell, or a group that ends with it; its steps are the list behind it
 * @param isHere whether something ends on the page that is to be filled
 * @returns whether there are enough of them.
 */
export function stepsGoAhead(piece: HTMLElement, isHere: (part: Element) => boolean): boolean {
  const cell = piece.matches(".lab-cell") ? piece : piece.querySelector(".lab-cell");
  const code = cell?.querySelector(":scope > .lab-code");
  const list = piece.nextElementSibling;
  if (cell == null || code == null || !(list instanceof HTMLOListElement)) return false;
  if (!list.matches(".lab-steps") || cell.querySelector(".lab-still") === null) return false;
  const steps = [...list.children];
  const ahead = document.importNode(list, false);
  const kept = [piece, cell].filter((one) => one.matches(".lab-whole"));
  for (const one of kept) one.classList.remove("lab-whole");
  code.after(ahead);
  const move = (count: number): boolean => {
    ahead.replaceChildren(...steps.slice(0, count));
    list.replaceChildren(...steps.slice(count));
    list.start = ahead.start + count;
    return isHere(ahead);
  };
  const most = steps.length - fewSteps;
  if (!move(fewSteps) || most < fewSteps) {
    move(0);
    ahead.remove();
    for (const one of kept) one.classList.add("lab-whole");
    return false;
  }
  if (move(steps.length)) {
    list.remove();
    return true;
  }
  let [fits, tooMany] = [fewSteps, most + 1];
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    if (move(count)) fits = count;
    else tooMany = count;
  }
  move(fits);
  return true;
}
