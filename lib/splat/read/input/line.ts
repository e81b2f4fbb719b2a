/** One line of a log, without what the log wrote before it. */
export interface Line {
  /** Where it stands in the input, from 1; of several joined lines, the first. */
  readonly number: number;
  readonly text: string;
  /** Who printed it (`CONFIG_PRINTK_CALLER`): `T123` a task, `C0` a CPU, null where not told. */
  readonly writer: string | null;
  /** True where the line has a log prefix of its own, so it begins a record. */
  readonly tagged: boolean;
  /** What an unknown logger wrote before it, or null. */
  readonly learned: string | null;
  /** How many marks of quoting a mailer put before it. */
  readonly quotes: number;
  /** True where a mailer had made two of it. */
  readonly joined: boolean;
  /** True where a web page had written characters as entities (`-&gt;`). */
  readonly escaped: boolean;
  /** How many characters it had in the text, of a line that is there as one. */
  readonly width?: number;
  /** True where a terminal cut it off, so that nothing goes on in the next one. */
  readonly isCut?: true;
}

/** The column of the first character that is not blank, or the length of a blank line. */
export function indentOf(text: string): number {
  const at = text.search(/\S/);
  return at < 0 ? text.length : at;
}
