/** The search field of a book: finds sections of all its pages, without a server. */
import MiniSearch from "minisearch";
import { fieldOf, textField } from "../json.js";

interface Section {
  readonly id: string;
  readonly page: string;
  readonly heading: string;
  readonly text: string;
}

/** Makes the search field work; the sections come with the book's own script. */
function start(): void {
  const field = document.querySelector<HTMLInputElement>("#lab-search");
  const list = document.querySelector<HTMLElement>("#lab-results");
  const count = document.querySelector<HTMLElement>("#lab-result-count");
  const stored: unknown = Reflect.get(globalThis, "labSections");
  if (field === null || list === null || count === null || !Array.isArray(stored)) return;

  const sections = new Map<string, Section>();
  for (const one of stored as readonly unknown[]) {
    const id = textField(one, "id") ?? "";
    sections.set(id, {
      id,
      page: textField(one, "page") ?? "",
      heading: textField(one, "heading") ?? "",
      text: textField(one, "text") ?? "",
    });
  }
  // Underscores and arrows belong to kernel names: rq->__lock is one word and its parts.
  const words = (text: string): string[] =>
    text.toLowerCase().match(/[\p{L}\p{N}_]+(?:->[\p{L}\p{N}_]+)*|[\p{L}\p{N}]+/gu) ?? [];
  const index = new MiniSearch<Section>({
    fields: ["heading", "page", "text"],
    tokenize: (text) =>
      words(text).flatMap((word) => [word, ...word.split(/->|_+/).filter(Boolean)]),
    searchOptions: {
      prefix: true,
      fuzzy: 0.15,
      boost: { heading: 3, page: 2 },
      combineWith: "AND",
    },
  });
  // Not before somebody looks for something: a page opens sooner without.
  field.addEventListener(
    "focus",
    () => {
      index.addAll([...sections.values()]);
    },
    { once: true },
  );

  field.addEventListener("input", () => {
    const wanted = field.value.trim();
    const found = wanted === "" ? [] : index.search(wanted).slice(0, 12);
    list.replaceChildren(
      ...found.flatMap((result) => {
        const section = sections.get(String(fieldOf(result, "id")));
        return section === undefined ? [] : [entry(section, result.terms)];
      }),
    );
    list.hidden = wanted === "";
    count.textContent = wanted === "" ? "" : countText(found.length);
  });
  const close = (): void => {
    field.value = "";
    list.hidden = true;
    count.textContent = "";
    field.focus();
  };
  document.querySelector(".lab-search")?.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    const links = [...list.querySelectorAll("a")];
    const at = links.findIndex((link) => link === document.activeElement);
    switch (event.key) {
      case "Escape":
        close();
        return;
      case "Enter":
        // On a link the browser itself follows it.
        if (at < 0) links[0]?.click();
        return;
      case "ArrowDown":
      case "ArrowUp": {
        const next = event.key === "ArrowDown" ? at + 1 : at - 1;
        (next < 0 ? field : links[Math.min(next, links.length - 1)])?.focus();
        event.preventDefault();
      }
    }
  });
  for (const part of document.querySelectorAll<HTMLElement>(".lab-search")) part.hidden = false;
}

function countText(count: number): string {
  if (count === 0) return "Nothing found";
  return count === 1 ? "One section" : `${count} sections`;
}

function entry({ id, page, heading, text }: Section, terms: readonly string[]): HTMLElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = id;
  link.textContent = page === heading ? page : `${page}: ${heading}`;
  const excerpt = document.createElement("span");
  const at = Math.max(0, ...terms.map((term) => text.toLowerCase().indexOf(term)));
  excerpt.textContent = `${at > 40 ? "..." : ""}${text.slice(Math.max(0, at - 40), at + 110)}`;
  item.append(link, excerpt);
  return item;
}

start();
