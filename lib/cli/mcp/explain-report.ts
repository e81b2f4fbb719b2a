/** The tool that explains reports. */
import { answerOf } from "../../splat/answer.js";
import { explain } from "../../splat/explain/explain.js";
import { explanationText } from "../../splat/explain/format/text.js";
import { readSplats } from "../../splat/read/read.js";
import { readOthers } from "../../splat/others/read-others.js";
import { otherText } from "../../splat/others/text.js";
import { readTasks } from "../../splat/waits/read.js";
import { explainWaits, waitsText } from "../../splat/waits/words.js";
import { whyNone } from "../splat/splat-none.js";
import { RequestError, type Answer } from "./answer.js";

/** Returns what the reports of a text say, and what blocked tasks say. */
export function explainReports({
  text,
  most,
}: {
  readonly text: string;
  readonly most: number;
}): Answer {
  const reports = readSplats(text);
  const waits = explainWaits(readTasks(text));
  const others = readOthers(text);
  if (reports.length === 0 && waits === null && others.length === 0)
    throw new RequestError(whyNone(text));
  const shown = reports.slice(0, most);
  const left = reports.length - shown.length;
  return {
    text: [
      ...(waits === null ? [] : [waitsText(waits)]),
      ...shown.map((report) => explanationText(explain(report))),
      ...others.slice(0, most).map(otherText),
      ...(left === 0 ? [] : [`${left} more reports in the text; raise \`most\` to see them`]),
    ].join("\n"),
    data: { reports: shown.map(answerOf), left, waits, others },
  };
}
