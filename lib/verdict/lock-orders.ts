/** Whether the order that locks of one class were given is one: lockdep takes it for total, and looks no further. */
import { checkTotalOrder } from "../lockdep/index.js";
import type { Model } from "../machine/index.js";
import { type CompareLocks, instanceId } from "../primitives/lock.js";

/** Of more locks than these, those are tried: the cost grows with their cube. */
const mostLocks = 32;

/**
 * Returns what is wrong with the orders of `lockdep_set_lock_cmp_fn()`, a sentence each, with the locks that show it.
 *
 * @example
 * orderWarnings(translate(abba())).length // 0
 */
export function orderWarnings({ slots }: Model): readonly string[] {
  const orders = new Map<CompareLocks, { readonly name: string; readonly ids: string[] }>();
  for (const { index, variable } of slots) {
    const compare = variable?.lock?.compare;
    if (variable === null || compare === undefined) continue;
    const known = orders.get(compare) ?? { name: variable.name, ids: [] };
    if (known.ids.length < mostLocks) known.ids.push(instanceId(variable.name, index));
    orders.set(compare, known);
  }
  return [...orders].flatMap(([compare, { name, ids }]) => {
    const found = checkTotalOrder(
      compare,
      ids.map((id) => ({ id, name })),
    );
    if (found === null) return [];
    return [
      `the order of lockdep_set_lock_cmp_fn() for ${name} is not total: ${found.why}; compare what is different of any two, such as their addresses or numbers`,
    ];
  });
}
