/** Whether a lock is taken since somebody printed under the one that is held. */
import { sureNames } from "../stacks/fold-stack.js";
import { plainName } from "../stacks/functions.js";
import type { StackFrame } from "../report/index.js";
import type { Evidence } from "./evidence.js";

/** What everybody calls to print, but for the console's own functions within (kernel/printk/). */
const printk =
  /^(?:_?v?printk\w*|_*vprintk\w*|_?dev_(?:printk|err|warn|info|notice|crit)\w*|_*netdev_printk|netdev_(?:err|warn|info))$/;

/**
 * Returns the stack where it shows that the held lock was taken by who then printed, or called who
 * did; else null: what the console itself holds while it writes is another matter.
 */
export function printedUnder({
  edges,
  holding,
  report,
}: Pick<Evidence, "edges" | "holding" | "report">): readonly StackFrame[] | null {
  const taker = holding?.inlinedIn.at(-1)?.symbol ?? holding?.at?.symbol ?? null;
  if (taker === null) return null;
  const fresh = edges.find(({ learnt }) => learnt === "now")?.frames ?? [];
  const frames = fresh.length > 0 ? fresh : report.backtrace;
  const names = sureNames(frames).map(plainName);
  const print = names.findLastIndex((name) => printk.test(name));
  return print >= 0 && names.lastIndexOf(plainName(taker)) > print ? frames : null;
}
