/** Undoes line ends that were written out, as in a log that was quoted into a string. */
import { mayBeHeadline } from "../wording/kinds.js";
import type { Rewrite } from "./raw.js";

/** Fewer are what a program prints, not a log in a string. */
const least = 3;

/** No line of a report is longer; a longer one is cut, so that no pattern runs far. */
const longest = 4096;

/** A time stamp of the kernel right behind a word: the line was over there, and its end was lost. */
const stamp = /(?<=\S)(?=\[ {0,4}\d{1,6}\.\d{6}\](?: |$))/;

/** The same, for a first look that costs little. */
const behindWord = /\S\[ {0,4}\d{1,6}\.\d{6}\](?: |$)/;

/** A line that has a time stamp already, and text after it, or that ends a part of a report. */
const runOn =
  /(?:\[ *\d+\.\d{6}\](?:\[[ TC\d]+\])? .*[a-z*].*|(?:lock\.|this:|is:|scenario:|\*\*\*|CPU1|----))\[ {0,4}\d{1,6}\.\d{6}\](?: |$)/;

/** Returns the lines with those cut apart that hold several, none longer than 4096. */
export const withRealLineEnds: Rewrite = function* (lines) {
  for (const line of lines) {
    const { text } = line;
    if (text.length < longest && behindWord.test(text) && runOn.test(text)) {
      for (const part of text.split(stamp)) yield { ...line, text: part };
      continue;
    }
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
