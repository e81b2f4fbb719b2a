/** Lines of code and of printed text that are a little too long for a slide. */
import { smallestText } from "./size.js";

/**
 * Makes text smaller whose lines would go on below, as long as the last row can read it: a table that a cell
 * has printed is one only in whole lines. What is longer still goes on below, in its own size.
 */
export function shortenLines(root: HTMLElement): void {
  for (const text of root.querySelectorAll<HTMLElement>(".lab-block pre")) {
    const inside = text.querySelector("code") ?? text;
    const size = parseFloat(getComputedStyle(inside).fontSize);
    const ratio = size / parseFloat(getComputedStyle(text).fontSize);
    text.style.whiteSpace = "pre";
    const factor = text.clientWidth / text.scrollWidth;
    text.style.whiteSpace = "";
    const fitting = Math.floor(size * factor * 10) / 10;
    if (factor < 1 && fitting >= smallestText) text.style.fontSize = `${fitting / ratio}px`;
  }
}
