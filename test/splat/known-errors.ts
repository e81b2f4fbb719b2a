/**
 * Entries of the corpus' index that are wrong, each with the reason; where an entry is listed
 * here the reader's answer was checked by eye against the text.
 */
export interface KnownError {
  readonly file: string;
  /** Path of the fact, as the comparison names it. */
  readonly fact: string;
  readonly reason: string;
}

const wrapped = "the index stops where the mailer broke the line";
const paren = "the index keeps the opening parenthesis of the place, as in `(fs/fsopen.c:472`";
const states =
  "the index has no states: it took each `... at:` at a line's end for a wrapped line and joined the stack to it";
const beyond = "counts lines of other callers after the report's last one";
const atLines =
  "counts each `... at:` at a line's end, which is whole, as wrapped; the kernel breaks the line there";
const fewer =
  "counts the wrapped lines of locks alone, not those of the CPU line, the banner, the sentences and the frames";
const pattern = "the collector's own regular expression for this file, no fact of the report";
const later = "counts the wrapped lines of the reports after the first, too";
const cut = "a terminal cut the name off, and wrote another character over its last one";
const other = "the stamp is of another report, which begins in the middle of or after this one";

export const knownErrors: readonly KnownError[] = [
  { file: "web/014.txt", fact: "taint", reason: wrapped },
  { file: "web/017.txt", fact: "usage_blocks[0].states", reason: states },
  { file: "web/017.txt", fact: "usage_blocks[1].states", reason: states },
  {
    file: "web/021.txt",
    fact: "held",
    reason: "two of the four locks were printed in pieces between lines of other tasks",
  },
  { file: "web/021.txt", fact: "held_mismatch", reason: "all four locks can be recovered" },
  {
    file: "web/029.txt",
    fact: "headlines_in_file",
    reason: "the file holds a second report, from a kernel without PREEMPT_RT",
  },
  { file: "web/027.txt", fact: "usage_blocks[0].states", reason: states },
  { file: "web/027.txt", fact: "usage_blocks[1].states", reason: states },
  { file: "web/032.txt", fact: "irq_event_stamp", reason: other },
  { file: "web/037.txt", fact: "usage_blocks[0].key", reason: wrapped },
  { file: "web/040.txt", fact: "held[0].at_loc", reason: paren },
  { file: "web/040.txt", fact: "held[1].at_loc", reason: paren },
  { file: "web/040.txt", fact: "held[3].at_loc", reason: paren },
  { file: "web/040.txt", fact: "held[4].at_loc", reason: paren },
  { file: "web/041.txt", fact: "acquiring.at_raw", reason: wrapped },
  { file: "web/046.txt", fact: "usage_blocks[0].states", reason: states },
  { file: "web/046.txt", fact: "usage_blocks[1].states", reason: states },
  { file: "web/048.txt", fact: "held[1].at_raw", reason: wrapped },
  {
    file: "web/048.txt",
    fact: "has_stack_backtrace",
    reason: "the text has the words `stack backtrace:`, behind a line number",
  },
  { file: "web/055.txt", fact: "usage_blocks[0].states", reason: states },
  { file: "web/055.txt", fact: "usage_blocks[1].states", reason: states },
  { file: "web/061.txt", fact: "irq_event_stamp", reason: other },
  { file: "web/062.txt", fact: "usage_blocks[0].states", reason: states },
  { file: "web/062.txt", fact: "usage_blocks[1].states", reason: states },
  { file: "web/064.txt", fact: "holding.at_loc", reason: paren },
  { file: "web/066.txt", fact: "held[1].at_raw", reason: wrapped },
  { file: "web/069.txt", fact: "held[1].at_raw", reason: cut },
  { file: "web/069.txt", fact: "held[1].at_sym", reason: cut },
  { file: "web/073.txt", fact: "taint", reason: wrapped },

  // Counts of what the collector's own tool did to the text.
  { file: "web/008.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/009.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/014.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/015.txt", fact: "interleaved_other_callers", reason: beyond },
  { file: "web/017.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/020.txt", fact: "interleaved_other_callers", reason: beyond },
  { file: "web/021.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/027.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/029.txt", fact: "interleaved_other_callers", reason: beyond },
  { file: "web/031.txt", fact: "wrapped_lines_joined", reason: later },
  { file: "web/032.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/033.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/034.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/037.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/040.txt", fact: "interleaved_other_callers", reason: beyond },
  { file: "web/041.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/045.txt", fact: "odd_prefix", reason: pattern },
  { file: "web/046.txt", fact: "odd_prefix", reason: pattern },
  { file: "web/046.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/048.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/053.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/055.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/057.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/058.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/062.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/063.txt", fact: "interleaved_other_callers", reason: beyond },
  { file: "web/064.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/066.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/068.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/070.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/071.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/073.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/077.txt", fact: "wrapped_lines_joined", reason: fewer },
  { file: "web/078.txt", fact: "interleaved_other_callers", reason: beyond },
  { file: "web/079.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/088.txt", fact: "wrapped_lines_joined", reason: atLines },
  { file: "web/094.txt", fact: "wrapped_lines_joined", reason: atLines },
];
