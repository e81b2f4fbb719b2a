/** Changed cells that this page no longer has: a reader can still get at the text. */
import type { Edits } from "./store.js";

/** Lists, below the article, kept text of cells that are gone. */
export function showKept(edits: Edits, known: ReadonlySet<string>): void {
  const gone = [...edits].filter(([id]) => !known.has(id));
  if (gone.length === 0) return;
  const list = document.createElement("details");
  list.className = "lab-kept";
  const summary = document.createElement("summary");
  summary.textContent = `Yours, from cells that this page no longer has (${gone.length})`;
  const texts = gone.map(([, { source }]) => {
    const text = document.createElement("pre");
    text.tabIndex = 0;
    text.textContent = source;
    return text;
  });
  list.append(summary, ...texts);
  document.querySelector("article")?.after(list);
}
