/** A report whose parts a test knows from its text. */
import { readSplats } from "../../lib/splat/read/read.js";
import type { CircularSplat, SomeParts, SplatReport } from "../../lib/splat/report/index.js";

/** A report of any kind, by its kind and by its parts. */
export type ReadReport = SplatReport & SomeParts;

/** Returns the reports in a text. */
export const readAll = (text: string): readonly ReadReport[] => readSplats(text);

/** Returns the first report in a text, which is a circle's. */
export function circleOf(text: string): CircularSplat {
  const [report] = readSplats(text);
  if (report?.kind !== "circular") throw new Error("the text begins with no circular report");
  return report;
}
