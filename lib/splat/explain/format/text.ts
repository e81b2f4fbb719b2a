/** An explanation as plain text, for a terminal. */
import type { Explanation, SuspectNote } from "../explain.js";
import { hinted } from "./hints.js";
import { sideBySide } from "./side-by-side.js";
import { paragraph } from "./wrap.js";

const list = (items: readonly string[]): string[] =>
  items.flatMap((item) => paragraph(item, item.endsWith(":") ? "  " : "  - "));

/**
 * Returns some sentences of an explanation as a list of lines no wider than 96 letters.
 *
 * @example
 * const [report] = readSplats(kvmPiReport);
 * listText(explain(report).who).startsWith("- ") // true
 */
export function listText(items: readonly string[]): string {
  return items
    .flatMap((item) => paragraph(item, "- "))
    .join("\n")
    .replace(/`/g, "");
}

const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", heading, ...lines];

const shown = (lines: readonly string[]): string => `${lines.join("\n").replace(/`/g, "")}\n`;

/** Returns what happened, whether it is known, and what to do: the same in the short form and the long. */
function opening(explanation: Explanation, rule: string): string[] {
  const { title, source, who, known, ifReal, suspects } = explanation;
  return [
    title,
    "=".repeat(title.length),
    source,
    ...(rule === "" ? [] : ["", ...paragraph(rule)]),
    ...section("Who holds what, who wants what", list(who)),
    ...section("A report that is known", list(known)),
    ...section("If it is real", list(ifReal)),
    ...section("Known by name", list(suspects.flatMap(suspectLines))),
  ];
}

/** What a suspect is, why lockdep speaks of it, and when its mend is the wrong thing. */
const suspectLines = ({ is, why, notWhen }: SuspectNote): readonly string[] => [
  `${is}${why === "" ? "" : ` ${why}`}${notWhen === "" ? "" : ` The usual mend is wrong when ${notWhen}.`}`,
];

/** The explanation in a few lines: what happened, what to do and where, what to ask first. */
export function briefText(explanation: Explanation): string {
  const { questions, unrecovered, asides } = explanation;
  return shown([
    ...opening(explanation, ""),
    ...section(
      "Before you believe it",
      questions.flatMap(({ ask }) => paragraph(ask, "  ? ")),
    ),
    ...section(
      "What could not be recovered",
      unrecovered.length === 0 ? [] : [`  ${unrecovered.length} parts; see the long form`],
    ),
    ...section(
      "What else stood in the text",
      asides.length === 0 ? [] : [`  ${asides.length} things; see the long form`],
    ),
  ]);
}

/** The explanation as lines of at most 96 characters (a long name may stand out). */
export function explanationText(explanation: Explanation): string {
  const { rule, learnt, usage, mustMeet, questions, unrecovered, asides, columns } = explanation;
  return shown([
    ...opening(explanation, rule),
    ...section("What taught lockdep each edge", list(learnt)),
    ...section(
      "What the usage characters say",
      list(usage.map((note) => `${note.name} {${note.usage}}: ${note.meaning}`)),
    ),
    ...section("What would have to happen at once", list(mustMeet)),
    ...section("Side by side", sideBySide(columns)),
    ...section(
      "Before you believe it",
      hinted(questions).flatMap(({ ask, why, told, above }) => [
        ...paragraph(ask, "  ? "),
        ...paragraph(why, "    "),
        ...told.flatMap((each) => [
          ...paragraph(`${each.name}: ${each.does}.`, "      + ", 8),
          ...paragraph(`Not when ${each.notWhen}.`, "        "),
        ]),
        ...above.flatMap((name) => paragraph(`${name}: as above.`, "      + ", 8)),
      ]),
    ),
    ...section(
      "What could not be recovered",
      list(unrecovered.map(({ line, what }) => `line ${line}: ${what}`)),
    ),
    ...section(
      "What else stood in the text",
      list(asides.map(({ line, what }) => `line ${line}: ${what}`)),
    ),
  ]);
}
