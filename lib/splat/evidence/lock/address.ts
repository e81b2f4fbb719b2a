/** Whether a report shows where a lock lies. */
import type { LockMention } from "../../report/index.js";

/**
 * What stands in the place of an address that is not shown: `(ptrval)`, `(____ptrval____)`,
 * `(null)`, zeros (lib/vsprintf.c `ptr_to_id()`, `restricted_pointer()`).
 */
const hidden = /^\(.*\)$|^(?:0x)?0+$/;

/** Whether an address was printed and hidden. */
export const isHidden = ({ addr }: Pick<LockMention, "addr">): boolean =>
  addr !== null && hidden.test(addr);

/** Returns the address of a lock where the report shows it, else null. */
export const addressOf = (lock: Pick<LockMention, "addr"> | null | undefined): string | null =>
  lock == null || isHidden(lock) ? null : lock.addr;

/** Returns what the addresses of two locks of one class tell: `unknown` where one is not shown. */
export function sameInstance(
  a: LockMention | null,
  b: LockMention | null,
): "same" | "different" | "unknown" {
  const [one, other] = [addressOf(a), addressOf(b)];
  if (one === null || other === null) return "unknown";
  return one === other ? "same" : "different";
}
