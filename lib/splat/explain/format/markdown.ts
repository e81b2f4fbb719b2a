/** An explanation as Markdown, for notebooks and pages. */
import type { Explanation } from "../explain.js";
import { hinted } from "./hints.js";

/** Text that holds anything, made safe for Markdown: only our backquotes mark code. */
const escape = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/([\\*_[\]<>#|~])/g, "\\$1")))
    .join("");

const list = (items: readonly string[]): string[] => items.map((item) => `- ${escape(item)}`);

const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", `### ${heading}`, "", ...lines];

const cell = (items: readonly string[]): string =>
  items.map((item) => escape(item).replace(/\n/g, " ")).join("; ") || "(nothing told)";

/** The explanation as Markdown with headings of the second and third level. */
export function explanationMarkdown(explanation: Explanation): string {
  const { title, source, rule, who, known, learnt, usage, mustMeet, columns, unrecovered } =
    explanation;
  return [
    `## ${escape(title)}`,
    "",
    `\`${source.replace(/`/g, "'")}\``,
    "",
    escape(rule),
    ...section("Who holds what, who wants what", list(who)),
    ...section("A report that is known", list(known)),
    ...section("If it is real", list(explanation.ifReal)),
    ...section(
      "Known by name",
      list(
        explanation.suspects.map(
          ({ is, why, notWhen }) =>
            `${is}${why === "" ? "" : ` ${why}`}${notWhen === "" ? "" : ` The usual mend is wrong when ${notWhen}.`}`,
        ),
      ),
    ),
    ...section("What taught lockdep each edge", list(learnt)),
    ...section(
      "What the usage characters say",
      usage.map((note) => `- \`${note.name} {${note.usage}}\`: ${escape(note.meaning)}`),
    ),
    ...section("What would have to happen at once", list(mustMeet)),
    ...section("Side by side", [
      "| this task | there before | the other context |",
      "|---|---|---|",
      `| ${cell(columns.thisTask)} | ${cell(columns.existing)} | ${cell(columns.otherContext)} |`,
    ]),
    ...section(
      "Before you believe it",
      hinted(explanation.questions).flatMap(({ ask, why, told, above }) => [
        `- **${escape(ask)}** ${escape(why)}`,
        ...told.map(
          (each) => `  - \`${each.name}\`: ${escape(each.does)}. Not when ${escape(each.notWhen)}.`,
        ),
        ...above.map((name) => `  - \`${name}\`: as above.`),
      ]),
    ),
    ...section(
      "What could not be recovered",
      list(unrecovered.map(({ line, what }) => `line ${line}: ${what}`)),
    ),
    ...section(
      "What else stood in the text",
      list(explanation.asides.map(({ line, what }) => `line ${line}: ${what}`)),
    ),
    "",
  ].join("\n");
}
