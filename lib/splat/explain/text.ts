/** An explanation as plain text, for a terminal. */
import type { Explanation } from "./explain.js";

const width = 96;

/** Breaks a paragraph; the first line begins with `first`, the others with as many blanks. */
function paragraph(text: string, first = "", indent = first.length): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(indent);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

const list = (items: readonly string[]): string[] =>
  items.flatMap((item) => paragraph(item, item.endsWith(":") ? "  " : "  - "));

/**
 * Returns some sentences of an explanation as a list of lines no wider than 96 letters.
 *
 * @example
 * console.log(listText(explain(report).who))
 */
export function listText(items: readonly string[]): string {
  return items
    .flatMap((item) => paragraph(item, "- "))
    .join("\n")
    .replace(/`/g, "");
}

const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", heading, ...lines];

function columnLines({ columns }: Explanation): string[] {
  const all = [
    ["this task", columns.thisTask],
    ["there before", columns.existing],
    ["the other context", columns.otherContext],
  ] as const;
  const each = 30;
  const cells = all.map(([heading, items]) => [
    heading,
    "-".repeat(heading.length),
    ...items.flatMap((item) => chop(item.replace(/`/g, ""), each)),
  ]);
  const rows = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: rows }, (_, row) =>
    cells
      .map((cell) => (cell[row] ?? "").padEnd(each + 2))
      .join("")
      .trimEnd(),
  ).map((line) => `  ${line}`);
}

/** Cuts an item into lines of a column; what is too long for one is broken in the middle. */
function chop(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > most) {
      lines.push(line);
      line = "  ";
    }
    let rest = word;
    while (line.trim() === "" && line.length + rest.length > most) {
      lines.push(line + rest.slice(0, most - line.length));
      rest = rest.slice(most - line.length);
      line = "  ";
    }
    line += line.trim() === "" ? rest : ` ${rest}`;
  }
  return line.trim() === "" ? lines : [...lines, line];
}

/** The explanation as lines of at most 96 characters (a long name may stand out). */
export function explanationText(explanation: Explanation): string {
  const { title, source, rule, who, learnt, usage, mustMeet, questions, unrecovered } = explanation;
  const lines = [
    title,
    "=".repeat(title.length),
    source,
    "",
    ...paragraph(rule),
    ...section("Who holds what, who wants what", list(who)),
    ...section("What taught lockdep each edge", list(learnt)),
    ...section(
      "What the usage characters say",
      list(usage.map((note) => `${note.name} {${note.usage}}: ${note.meaning}`)),
    ),
    ...section("What would have to happen at once", list(mustMeet)),
    ...section("Side by side", columnLines(explanation)),
    ...section(
      "Before you believe it",
      questions.flatMap(({ ask, why, ifFalse }) => [
        ...paragraph(ask, "  ? "),
        ...paragraph(why, "    "),
        ...ifFalse.flatMap((each) => [
          ...paragraph(`${each.name}: ${each.does}.`, "      + ", 8),
          ...paragraph(`Not when ${each.notWhen}.`, "        "),
        ]),
      ]),
    ),
    ...section(
      "What could not be recovered",
      list(unrecovered.map(({ line, what }) => `line ${line}: ${what}`)),
    ),
  ];
  return `${lines.join("\n").replace(/`/g, "")}\n`;
}
