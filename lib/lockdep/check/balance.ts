import type { Core } from "../state/core.js";
import type { LockdepMap } from "../state/map.js";

/** Reports a release of what is not held: `print_unlock_imbalance_bug()`. */
export function reportImbalance(core: Core, map: LockdepMap): void {
  core.report({ kind: "bad-unlock", name: map.name, instance: map.id });
}
