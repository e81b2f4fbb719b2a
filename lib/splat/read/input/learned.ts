/**
 * Learns from a headline what an unknown logger writes before each line: it is the same before
 * the lines that follow, but for its numbers.
 */
import { headlineIn, headlineAnywhere, mayBeHeadline, sentenceAnywhere } from "../wording/kinds.js";
import { decodeCharacters } from "./decode.js";
import { stripPrefixes } from "./marks.js";
import type { RawLine } from "./raw.js";

/** What stands before every line of a log. */
export interface LearnedPrefix {
  /** As it stood before the headline. */
  readonly example: string;
  /** The same words, any numbers: a line of the same writer. */
  readonly own: RegExp;
  /** Other words in the same places: a line of another one. */
  readonly others: RegExp;
}

/** A headline behind something that is not before the lines after it. */
export interface UnreadHeadline {
  readonly line: number;
  /** What stands before it. */
  readonly before: string;
}

/** What the headlines of a text teach of its prefixes. */
export interface Lesson {
  readonly prefixes: readonly LearnedPrefix[];
  readonly unread: readonly UnreadHeadline[];
}

/** What stands before a headline, and its first words alone: who cites a line marks it beside the logger. */
interface Candidate {
  /** Whether the headline is one of lockdep's. */
  readonly isOwn: boolean;
  /** The longest first. */
  readonly prefixes: readonly Tried[];
  readonly line: number;
}

interface Tried {
  readonly prefix: LearnedPrefix;
  readonly seen: boolean[];
}

/** What the kernel prints of blocked tasks, of who sleeps where nobody may, and of spinlocks. */
const others =
  /INFO: task \S.*:\d+ (?:<\w+> )?(?:is )?(?:blocked|can't die)\b|BUG: (?:sleeping function called from|(?:spin|rw)lock )|Showing all locks held in/;

/** So many lines are looked at, and so many of them have to begin alike. */
const looked = 6;
const needed = 4;
/** No logger writes more before a line; and no more loggers are in one text. */
const longest = 160;
const most = 16;

/** Returns what stands before the headlines of a text, where it also stands before what follows. */
export function learnPrefixes(lines: Iterable<RawLine>): Lesson {
  const prefixes: LearnedPrefix[] = [];
  const unread: UnreadHeadline[] = [];
  let open: Candidate[] = [];
  const judge = ({ isOwn, prefixes: tried, line }: Candidate): void => {
    const has = ({ own }: LearnedPrefix): boolean =>
      prefixes.some((each) => each.own.source === own.source);
    if (tried.some(({ prefix }) => has(prefix)) || prefixes.length >= most) return;
    const found = tried.find(isBeforeWhatFollows)?.prefix;
    const [whole] = tried;
    if (found !== undefined) prefixes.push(found);
    else if (whole !== undefined && isOwn) unread.push({ line, before: whole.prefix.example });
  };
  for (const raw of lines) {
    const isOwn = mayBeHeadline.test(raw.text);
    const possible = isOwn || others.test(raw.text);
    if (open.length === 0 && !possible) continue;
    const { text } = stripPrefixes(decodeCharacters(raw.text));
    if (text.trim() !== "") {
      for (const { prefix, seen } of open.flatMap((each) => each.prefixes))
        seen.push(prefix.own.test(text));
      for (const done of open.filter(isSeen)) judge(done);
      open = open.filter((each) => !isSeen(each));
    }
    const tried = possible ? prefixesIn(text) : [];
    if (tried.length > 0) {
      open.push({
        isOwn,
        line: raw.number,
        prefixes: tried.map((prefix) => ({ prefix, seen: [] })),
      });
    }
  }
  for (const left of open) judge(left);
  return { prefixes, unread };
}

const isSeen = ({ prefixes }: Candidate): boolean =>
  prefixes.every(({ seen }) => seen.length >= looked);

const isBeforeWhatFollows = ({ seen }: Tried): boolean =>
  seen[0] === true && seen.filter(Boolean).length >= Math.min(needed, seen.length);

/** What stands before a headline, whole, and up to its first bracket where that is less. */
function prefixesIn(text: string): readonly LearnedPrefix[] {
  const at =
    headlineIn(text)?.at ??
    headlineAnywhere(text)?.at ??
    sentenceAnywhere(text) ??
    others.exec(text)?.index ??
    0;
  const before = text.slice(0, at);
  const first = /^\s*(?:\[[^\]]*\]|\([^)]*\)|<[^>]*>) ?/.exec(before)?.[0] ?? "";
  // The CPU that printed it, as a console writes it, and the mark of a patch.
  if (/^(?:\d+:|\+)\s*$/.test(before) && others.test(text)) return [learnt(before)];
  return [before, ...(first.length < before.length ? [first] : [])].flatMap(prefixOf);
}

function prefixOf(before: string): readonly LearnedPrefix[] {
  if (before.trim() === "" || !/[A-Za-z]/.test(before) || before.length > longest) return [];
  return [learnt(before)];
}

const learnt = (before: string): LearnedPrefix => ({
  example: before.trim(),
  own: shapeOf(before, (word) => word),
  others: shapeOf(before, () => "[\\w./:@+-]*"),
});

/** The pattern of a prefix: numbers vary, blanks vary, words are as `word` says. */
function shapeOf(before: string, word: (text: string) => string): RegExp {
  const parts =
    before.trim().match(/0x[0-9a-fA-F]+|(?=[a-f]*\d)[0-9a-f]{6,}|\d+|[A-Za-z_]+|\s+|./g) ?? [];
  const shape = parts.map((part, at) => {
    if (part.startsWith("0x")) return "0x[0-9a-fA-F]+";
    if (/^\d+$/.test(part)) return "\\d+";
    if (/\d/.test(part)) return "[0-9a-f]+";
    if (/^\s/.test(part)) return "\\s*";
    if (/^\w/.test(part)) return word(part);
    // `grep -n -A` writes `12-` before what is not the match.
    if (part === ":" && at === parts.length - 1) return "[:-]";
    return part.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
  });
  return new RegExp(`^\\s*${shape.join("")} ?`);
}

/** A line without a learned prefix. */
interface Unlearned {
  readonly text: string;
  /** What stood before it where that is another's, else null. */
  readonly writer: string | null;
  readonly example: string;
}

/** Returns a line without what was learned of its prefix, or null where it has none. */
export function unlearn(text: string, prefixes: readonly LearnedPrefix[]): Unlearned | null {
  for (const { own, example } of prefixes) {
    const match = own.exec(text);
    if (match !== null) return { text: text.slice(match[0].length), writer: null, example };
  }
  for (const { example, others } of prefixes) {
    // Words and a colon alone could be the kernel's own; a time stamp or a bracket is not.
    const match = /[[(<]|\d.*\D\d/.test(example) ? others.exec(text) : null;
    if (match !== null && /\d/.test(match[0])) {
      return { text: text.slice(match[0].length), writer: match[0].trim(), example };
    }
  }
  return null;
}
