/** The script of a handout: draws all of it at once, and tells the contents their page numbers. */
import { createFigures } from "./figures.js";

/**
 * Writes the page of each heading, by its id, at the end of its line in the contents.
 *
 * @returns whether a line changed, so that what is printed already is out of date.
 */
function numberContents(pages: Readonly<Record<string, number>>): boolean {
  let changed = false;
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".lab-contents a")) {
    const page = pages[decodeURIComponent(link.hash.slice(1))];
    const text = page === undefined ? "" : String(page);
    const number = link.querySelector<HTMLElement>(".lab-page") ?? document.createElement("span");
    if (number.isConnected && number.textContent === text) continue;
    number.className = "lab-page";
    number.textContent = text;
    link.append(number);
    changed = true;
  }
  return changed;
}

const contents = document.querySelector(".lab-contents");
if (contents !== null) document.querySelector("h1")?.after(contents);
Object.assign(globalThis, { labNumberContents: numberContents });
void createFigures()
  .drawDiagrams(document)
  .then(() => {
    document.documentElement.dataset["drawn"] = "";
  });
