/** The keyboard belongs to the deck, whatever was clicked on. */

/** Gives the focus back after a click, so that the next key turns the page; a field to type in keeps it. */
export function installKeys(deck: HTMLElement): void {
  // Of a click, that comes last: what was clicked has done what it does.
  deck.addEventListener("click", () => {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || !deck.contains(activeElement)) return;
    if (!activeElement.matches("input[type=search]")) activeElement.blur();
  });
}

/** Returns whether a key turns pages; one that was meant for a control with the focus does not. */
export function isForDeck({ key }: KeyboardEvent): boolean {
  const focused = document.activeElement;
  if (focused?.matches("input") === true) return !/^(?:Arrow|Home|End)/.test(key);
  if (focused?.matches("button, summary, a") === true) return key !== " " && key !== "Enter";
  // Text that is taller than its place scrolls by the keyboard once it has the focus.
  const scrolls = focused !== null && focused.scrollHeight > focused.clientHeight + 2;
  return !(scrolls && focused.matches("pre, .lab-block") && /^Arrow(?:Up|Down)$/.test(key));
}
