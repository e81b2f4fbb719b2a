/**
 * Undoes what mailers, web forms and loggers do to single characters: entities, no-break spaces,
 * escaped braces, terminal colours, and line ends that were written out as `\x0a` or `#012`.
 */
const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  "#39": "'",
  "#x27": "'",
  "#34": '"',
  "#60": "<",
  "#62": ">",
  "#38": "&",
  "#160": " ",
};

const escape = String.fromCharCode(27);
/** As a terminal gets it, as `cat -v`, editors and quoted strings show it, or without its escape. */
const colour = new RegExp(
  `(?:${escape}|\\^\\[|\u241b|\\\\(?:e|x1[bB]|033|u001[bB]))\\[[0-9;?]*[A-Za-z]|\\[(?:\\d{1,2};)*\\d{1,2}m`,
  "g",
);

const lineEnd =
  /(^|\s)012(?=but task |which lock |the existing |-> #|other info |stack backtrace| ?\*\*\* )/;

function decodeEntities(text: string): string {
  return text.replace(/&(#?\w{2,5});/g, (whole, name: string) => entities[name] ?? whole);
}

/** Whether a web page wrote characters of the text as entities. */
export const hasEntities = (raw: string): boolean =>
  raw.includes("&") && decodeEntities(raw) !== raw;

/** The characters as the kernel wrote them; line ends inside of the text become `\n`. */
export function decodeCharacters(raw: string): string {
  let text = raw;
  if (text.includes("[")) text = text.replace(colour, "");
  if (text.includes("^")) text = text.replace(/\^M$/, "").replace(/\^I/g, "\t");
  if (/[\u00a0\u2007\u202f\u200b\ufeff]/.test(text)) {
    text = text.replace(/[\u00a0\u2007\u202f]/g, " ").replace(/[\u200b\ufeff]/g, "");
  }
  // What a mailer or a terminal of another character set made of a no-break space.
  if (text.includes("\ufffd")) {
    text = text.replace(/(?<=^|[\s\]>])\ufffd+|\ufffd+(?=\s)/g, (all) => " ".repeat(all.length));
  }
  if (text.includes("&")) {
    const once = decodeEntities(text);
    // A page that was escaped twice says `-&amp;gt;`.
    text = once === text ? text : decodeEntities(once);
  }
  if (text.includes("\\")) {
    text = text
      .replace(/\\x0a|\\012/g, "\n")
      .replace(/\\x09|\\011/g, "\t")
      .replace(/\\([{}[\]_*<>#|~-])/g, "$1");
  }
  // What is left of a line end written as `#012` where Git took the `#` for a comment.
  if (text.includes("012")) text = text.replace(lineEnd, "$1");
  if (text.includes("#01")) text = text.replace(/#012/g, "\n").replace(/#011/g, "\t");
  return text;
}
