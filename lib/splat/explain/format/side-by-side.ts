/** The three columns of an explanation as lines of text. */
import type { SplatColumns } from "../words/columns.js";
import { chop, width } from "./wrap.js";

const margin = 2;

/** The columns side by side, as wide as their longest names need where there is room. */
export function sideBySide({ thisTask, existing, otherContext }: SplatColumns): string[] {
  const columns = [
    { heading: "this task", items: thisTask.map(bare) },
    { heading: "there before", items: existing.map(bare) },
    { heading: "the other context", items: otherContext.map(bare) },
  ];
  const widths = shares(columns.map(({ heading, items }) => needed([heading, ...items])));
  const cells = columns.map(({ heading, items }, at) => [
    heading,
    "-".repeat(heading.length),
    ...items.flatMap((item) => chop(item, widths[at] ?? 0)),
  ]);
  const rows = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: rows }, (_, row) =>
    cells
      .map((cell, at) => (cell[row] ?? "").padEnd((widths[at] ?? 0) + margin))
      .join("")
      .trimEnd(),
  ).map((line) => " ".repeat(margin) + line);
}

const bare = (item: string): string => item.replace(/`/g, "");

/** The least width without a broken word, and what would fit every item on one line. */
function needed(items: readonly string[]): { readonly least: number; readonly most: number } {
  const words = items.flatMap((item) => item.split(" "));
  return {
    least: Math.max(...words.map(({ length }) => length)) + margin,
    most: Math.max(...items.map(({ length }) => length)),
  };
}

/** Gives each column what it needs and shares the rest; equal parts where not all can have it. */
function shares(needs: readonly ReturnType<typeof needed>[]): readonly number[] {
  const room = width - margin * needs.length;
  const equal = Math.floor(room / needs.length);
  const wanted = needs.map(({ least }) => least);
  const total = wanted.reduce((sum, each) => sum + each, 0);
  if (total > room) {
    const modest = needs.map(({ most }) => Math.min(most, equal));
    const left = room - modest.reduce((sum, each) => sum + each, 0);
    const long = needs.filter(({ most }) => most > equal).length;
    return needs.map(({ most }, at) =>
      most > equal ? equal + Math.floor(left / long) : (modest[at] ?? equal),
    );
  }
  const growing = needs.filter(({ least, most }) => most > least).length;
  const more = growing === 0 ? 0 : Math.floor((room - total) / growing);
  return needs.map(({ least, most }) => Math.min(Math.max(most, least), least + more));
}
