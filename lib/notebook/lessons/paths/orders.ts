import type { PathLetter } from "../../../kvm/index.js";

/** The orders in which sched_out, handler and sched_in may first run, were each of them free. */
export const allOrders: readonly (readonly PathLetter[])[] = [
  ["o", "w", "i"],
  ["o", "i", "w"],
  ["i", "o", "w"],
  ["w", "o", "i"],
  ["w", "i", "o"],
  ["i", "w", "o"],
];
