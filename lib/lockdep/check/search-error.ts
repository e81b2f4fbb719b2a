import type { Core } from "../state/core.js";

/** Reports that a search ran out of queue: `print_bfs_bug()`. */
export function reportSearchError(core: Core): void {
  core.report({ kind: "bfs-error", max: core.limits.queue });
}
