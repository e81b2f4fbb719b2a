/** Whether a report is about a wait/wound mutex within an acquire context. */
import type { HeldMention, RecursiveSplat } from "../../report/index.js";

/**
 * Returns the acquire context that is open while a ww_mutex is wanted, as the held lock that
 * stands for it, or null: `DEFINE_WW_CLASS(x)` names the mutexes `x_mutex` and the context
 * `x_acquire`.
 */
export function openContext({ acquiring, held }: RecursiveSplat): HeldMention | null {
  const wwClass = /^(.*)_mutex(?:\/\d+)?$/.exec(acquiring?.name ?? "")?.[1];
  if (wwClass === undefined) return null;
  return held?.locks.find(({ name }) => name === `${wwClass}_acquire`) ?? null;
}
