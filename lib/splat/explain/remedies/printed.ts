/** What to do where a lock of the console, or of what it wakes, is taken since somebody printed under another lock. */
import type { SplatEdge } from "../../evidence/edges/edge.js";
import type { Evidence } from "../../evidence/evidence.js";
import { printedUnder } from "../../evidence/printed.js";
import { isWarned } from "../../stacks/owner.js";
import { code, inPlace } from "../words/words.js";

/** Returns what to do where a message is put together with a lock of the console held, or null. */
export function formatMend({ edges }: Pick<Evidence, "edges">): string | null {
  const edge = edges.find(isOfFormat);
  return edge === undefined
    ? null
    : `What a format of printk() stands for takes ${code(edge.to)}${inPlace(edge.frames)} with ${code(edge.from)} held: that is to go, as anybody may print, also under a lock that is taken within.`;
}

/** Whether a lock is taken while a message is put together (lib/vsprintf.c). */
const isOfFormat = ({ from, frames, learnt }: SplatEdge): boolean =>
  learnt === "earlier" &&
  /logbuf_lock|console|printk/.test(from) &&
  frames.some(({ symbol }) => /^v(?:sn|scn)printf$/.test(symbol ?? ""));

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
  return `${why}${inPlace(frames)} (the message usually stands just before the report): mostly that is what to mend. Where it must print ${where}, by printk_deferred(), or ${after}; what printing takes cannot change.`;
}
