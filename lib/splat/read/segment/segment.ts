/** The lines of one report, and what lines of a CPU and of a stack look like. */
import type { Line } from "../input/line.js";
import type { Headline } from "../wording/kinds.js";

/** The lines of one report. */
export interface Segment {
  readonly headline: Headline;
  /** False where the kind had to be told from the body, as the banner was cut off. */
  readonly banner: boolean;
  readonly lines: readonly Line[];
  /** How many lines of other printing contexts stood between. */
  readonly strangers: number;
  /** How many lines of who answers a mail stood between. */
  readonly answers: number;
  /** The lines right before the headline that are of it too. */
  readonly lead: readonly string[];
  /** What an unknown logger wrote before each line. */
  readonly prefix: string | null;
}

/** The line that names CPU and task. */
export const cpuLine = /^\s*(?:CPU: \d+ |Pid: \d+, comm:)/;
/** A frame of a stack, in the form of any architecture. */
export const frameLike =
  /\+0x[0-9a-f]+\/0x|^\s*\??\s*\[<[0-9a-f]+>\]|\[inline\]$|\(\S+:[\d?]+[ )]|^\s*\?? ?0x[0-9a-f]{1,16}$|^ \S+(?: \[\w+\])? from \S/;
