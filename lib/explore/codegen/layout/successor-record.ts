/** How a successor is written into a batch: its words, then what is known of how it was reached. */
import { type Reductions, merges } from "../../result/reductions.js";
import { wordNames } from "./names.js";

/** Offsets into the record of a successor, in numbers of 32 bits. */
export interface SuccessorRecord {
  /** From one record to the next. */
  readonly stride: number;
  /** How many words its state has; they come first. */
  readonly words: number;
  /** The step that led to it, as the state before names it; -1 for the initial state. */
  readonly transition: number;
  /** The number of the state before. */
  readonly from: number;
  /** Null where each state stands for itself. */
  readonly merged: MergedRecord | null;
}

/** Offsets of what is known of a state that may stand for others. */
export interface MergedRecord {
  /** The processes that took invisible steps after it, as the state before names them: a bit each. */
  readonly moved: number;
  /** Those of them that made progress. */
  readonly progressed: number;
  /** The frame in which the step was found: so far the words are those under its renaming. */
  readonly frame: number;
  /** The hash of its words, in the place of the frame when all is done to it: then nobody asks for that any more. */
  readonly hash: number;
  /** The renaming that made the state, as the one before would name it, the one in the record. */
  readonly renaming: number;
}

/** After how many successors, or states, a batch is stored and the budget asked. */
export const batchSize = 512;

/** Returns how many numbers a batch takes at most: it may be full but for one when a state is looked at. */
export const batchNumbers = ({ stride }: SuccessorRecord, maxSuccessors: number): number =>
  (batchSize + maxSuccessors + 1) * stride;

/** Returns the record for states of so many words. */
export function recordOf(words: number, reductions: Reductions): SuccessorRecord {
  const plain = { words, transition: words, from: words + 1 };
  if (!merges(reductions)) return { ...plain, stride: words + 2, merged: null };
  const merged = {
    moved: words + 2,
    progressed: words + 3,
    frame: words + 4,
    hash: words + 4,
    renaming: words + 5,
  };
  return { ...plain, stride: words + 6, merged };
}

/** Returns code for a number of a record: `batch[record + 5]`. */
export const field = (offset: number, record = "record", batch = "batch"): string =>
  offset === 0 ? `${batch}[${record}]` : `${batch}[${record} + ${String(offset)}]`;

/** Returns code for the words of a record, by commas. */
export const wordsAt = (words: number, record = "record", batch = "batch"): string =>
  wordNames("", words)
    .map((_, at) => field(at, record, batch))
    .join(", ");

/** Returns a declaration of variables for the words that begin somewhere in an array. */
export const loadWords = (prefix: string, words: number, array: string, at: string): string =>
  `const ${wordNames(prefix, words)
    .map((name, word) => `${name} = ${field(word, at, array)}`)
    .join(", ")};`;

/** Returns statements that store words by names into an array. */
export const storeWords = (values: readonly string[], array: string, at: string): string =>
  values.map((value, word) => `${field(word, at, array)} = ${value};`).join(" ");
