/** What to do where a lock of the console, or of what it wakes, is taken since somebody printed under another lock. */
import type { Evidence } from "../../evidence/evidence.js";
import { printedUnder } from "../../evidence/printed.js";
import { isWarned } from "../../stacks/owner.js";
import { code, inPlace } from "../words/words.js";

/** Returns the mend, or null where nobody is seen to print under the held lock. */
export function printedMend(
  evidence: Pick<Evidence, "edges" | "holding" | "report">,
): string | null {
  const frames = printedUnder(evidence);
  if (frames === null) return null;
  const why = isWarned(frames) ? "A WARN or BUG fired" : "Find why it printed";
  const { holding } = evidence;
  const where = holding === null ? "there" : `under ${code(holding.name)}`;
  const after = holding === null ? "outside of it" : "after the lock is dropped";
  return `${why}${inPlace(frames)} (the message usually stands just before the report): that is the bug to mend. Where it must print ${where}, by printk_deferred(), or ${after}; what printing takes cannot change.`;
}
