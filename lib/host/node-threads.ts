/** Node's worker threads, for searches. */
import { Worker } from "node:worker_threads";
import type { Threads } from "../explore/parallel/threads.js";

/**
 * Returns what starts them; they keep no process from its end.
 *
 * @param entry the module that a thread runs
 */
export function nodeThreads(entry = new URL("./thread.js", import.meta.url)): Threads {
  return {
    enough: 20_000,
    patience: 60,
    start: (count, task) => {
      for (let at = 0; at < count; at++) {
        const worker = new Worker(entry, { workerData: task });
        // The search does without a thread that cannot start; of one that fails later it is told.
        worker.on("error", (error) => {
          process.emitWarning(`a thread of a search ended: ${error.message}`);
        });
        worker.unref();
      }
    },
  };
}
