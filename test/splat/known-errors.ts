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
  { file: "web/073.txt", fact: "taint", reason: wrapped },
];
