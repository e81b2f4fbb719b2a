/** What the machine has and kernel C has no calls for: it is named, with what there is instead. */
import type { Family } from "./row/index.js";

const inTypeScript = "the machine has it for scenarios in TypeScript";

export const notYetFamily: Family = {
  name: "not-yet",
  instead: {
    mmu_notifier_invalidate_range_start: inTypeScript,
    kfifo_put: "an array with a count, under a lock",
    kfifo_get: "an array with a count, under a lock",
    kfifo_is_empty: "an array with a count, under a lock",
    kfifo_is_full: "an array with a count, under a lock",
    kfifo_len: "an array with a count, under a lock",
  },
};
