/** What another tool said, as lines of text. */
import { paragraph } from "../explain/format/wrap.js";
import type { OtherReport } from "./other-report.js";

/** Returns the explanation of a report of another tool. */
export function otherText({ title, says, mend, missing }: OtherReport): string {
  const list = (heading: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : ["", heading, ...items.flatMap((item) => paragraph(item, "  - "))];
  const lines = [
    title,
    "=".repeat(title.length),
    ...list("What it says", says),
    ...list("What to do", mend),
    ...list("What is missing", missing),
  ];
  return `${lines.join("\n").replace(/`/g, "")}\n`;
}
