/** Usage states and kinds in words. */
import { decodeState, type Interruption } from "../../evidence/usage/usage-state.js";

/** `in a softirq`, `with softirqs on`. */
export function whereWords(irq: Interruption, inside: boolean): string {
  if (irq === "memory reclaim") {
    return inside ? "in memory reclaim" : "where an allocation may start memory reclaim";
  }
  return inside ? `in a ${irq}` : `with ${irq}s on`;
}

/** `taken for reading in a softirq (IN-SOFTIRQ-R)`; a state that is none of these as it is. */
export function takenWords(state: string): string {
  const decoded = decodeState(state);
  if (decoded === null) return state;
  const { irq, reading, inside } = decoded;
  return `taken ${reading ? "for reading " : ""}${whereWords(irq, inside)} (${state})`;
}
