/** The script of a handout: draws all of it at once, lays it out for paper, numbers its contents. */
import { createFigures } from "../figures.js";
import { keepTogether } from "./keep-together.js";
import { listSteps } from "./steps.js";

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

/** Number, title, imprint, contents: the order of a first page. */
function putFront(): void {
  const title = document.querySelector("h1");
  const [imprint, contents] = [".lab-imprint", ".lab-contents"].map((one) =>
    document.querySelector(one),
  );
  title?.after(...[imprint, contents].filter((one) => one != null));
}

putFront();
listSteps(document);
Object.assign(globalThis, { labNumberContents: numberContents, labKeepTogether: keepTogether });
void createFigures()
  .drawDiagrams(document)
  .then(() => {
    document.documentElement.dataset["drawn"] = "";
  });
