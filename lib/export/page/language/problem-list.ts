/** What is wrong with a cell in words below its code, for readers who cannot see an underline or hover over it. */
import type { Problem } from "../../language/messages.js";

/** The list of one cell. */
export interface ProblemList {
  readonly show: (source: string, problems: readonly Problem[]) => void;
}

/** Longer lists say how many more there are. */
const mostShown = 5;

/** Puts an empty list behind the code; `go` leads to a place in the code. */
export function createProblemList(
  code: HTMLElement,
  label: string,
  go: (from: number, to: number) => void,
): ProblemList {
  const list = document.createElement("ul");
  list.className = "lab-problems";
  list.setAttribute("aria-label", `Problems of ${label}`);
  list.setAttribute("aria-live", "polite");
  list.hidden = true;
  code.after(list);
  return {
    show: (source, problems) => {
      const shown = problems.slice(0, mostShown).map((problem) => itemOf(source, problem, go));
      const more = problems.length - shown.length;
      const rest = document.createElement("li");
      rest.textContent = `and ${more} more`;
      list.replaceChildren(...shown, ...(more > 0 ? [rest] : []));
      list.hidden = problems.length === 0;
    },
  };
}

function itemOf(
  source: string,
  { from, to, message, language }: Problem,
  go: (from: number, to: number) => void,
): HTMLLIElement {
  const line = source.slice(0, from).split("\n").length;
  const place = document.createElement("button");
  place.type = "button";
  place.textContent = `${language}, line ${line}`;
  place.addEventListener("click", () => {
    go(from, to);
  });
  const item = document.createElement("li");
  item.append(place, ` ${message}`);
  return item;
}
