/** When a line of a patch is the line of a text. */

export type CompareLine = (
  at: number,
  line: string | undefined,
  operation: string,
  wanted: string,
) => boolean;

export const exactly: CompareLine = (_, line, __, wanted) => line === wanted;

/** Mails turn tabs into blanks; beyond the end of the text there is no line. */
export const butForBlanks: CompareLine = (_, line, __, wanted) =>
  line?.replace(/\s+/g, " ").trim() === wanted.replace(/\s+/g, " ").trim();
