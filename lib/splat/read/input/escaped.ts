/** Undoes line ends that were written out, as in a log that was quoted into a string. */
import { mayBeHeadline } from "../wording/kinds.js";
import type { Rewrite } from "./raw.js";

/** Fewer are what a program prints, not a log in a string. */
const least = 3;

/** No line of a report is longer; a longer one is cut, so that no pattern runs far. */
const longest = 4096;

/** Returns the lines with those cut apart that hold a whole log in one, none longer than 4096. */
export const withRealLineEnds: Rewrite = function* (lines) {
  for (const line of lines) {
    const { text } = line;
    if (!text.includes("\\n") || !isLog(text)) {
      yield text.length > longest ? { ...line, text: text.slice(0, longest) } : line;
      continue;
    }
    for (const part of text.split(/(?:\\r)?\\n/)) {
      const plain = part.replace(/\\t/g, "\t").replace(/\\(["\\/])/g, "$1");
      yield { ...line, text: plain.slice(0, longest) };
    }
  }
};

const isLog = (text: string): boolean =>
  text.split("\\n", least + 1).length > least && mayBeHeadline.test(text);
