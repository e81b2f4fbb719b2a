/** Whether a lock is taken since somebody printed under the one that is held. */
import { plainName } from "../stacks/functions.js";
import type { StackFrame } from "../report/index.js";
import type { Evidence } from "./evidence.js";

/** What everybody calls to print, but for the console's own functions within (kernel/printk/). */
const printk =
  /^(?:_?v?printk\w*|_*vprintk\w*|_?dev_(?:printk|err|warn|info|notice|crit)\w*|_*netdev_printk|netdev_(?:err|warn|info))$/;

/**
 * Returns the stack from the print outwards where it shows that the held lock, if there is one, was
 * taken by who then printed, or called who did; else null: what the console itself holds while it
 * writes is another matter.
 */
export function printedUnder({
  edges,
  holding,
  report,
}: Pick<Evidence, "edges" | "holding" | "report">): readonly StackFrame[] | null {
  const taker = holding?.inlinedIn.at(-1)?.symbol ?? holding?.at?.symbol ?? null;
  // Where no lock makes the context narrow, it is the context in which somebody printed.
  const anywhere = holding === null && report.kind === "wait-context";
  if (taker === null && !anywhere) return null;
  const fresh = edges.find(({ learnt }) => learnt === "now")?.frames ?? [];
  const frames = fresh.length > 0 ? fresh : report.backtrace;
  const names = frames.map(({ symbol, unsure }) => (unsure ? "" : plainName(symbol ?? "")));
  const print = names.findLastIndex((name) => printk.test(name));
  const held = taker === null || names.lastIndexOf(plainName(taker)) > print;
  // What the console's driver does within is none of who printed.
  return print >= 0 && held ? frames.slice(print) : null;
}
