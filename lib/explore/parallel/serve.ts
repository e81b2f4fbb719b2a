/** What a thread does: it takes chunks and expands them, until it is told that all is over. */
import { type Engine, engineOf } from "../codegen/engine-functions.js";
import type { EngineParts } from "../codegen/kept-code.js";
import { ChunkExpander } from "./expand-chunk.js";
import { control, slotHead, slotsOf } from "./slots.js";
import type { ExpansionTask } from "./task.js";

/**
 * Serves a search until it is over; what goes wrong is told to the thread that searches.
 *
 * @param engine what makes the functions of the task, where there is more than their text
 *
 * It waits without turning its event loop: it is all that its thread does.
 */
export function serve(task: ExpansionTask, engine: (of: EngineParts) => Engine = engineOf): void {
  const shared = slotsOf(task);
  try {
    const expander = new ChunkExpander(task, engine(task));
    for (;;) {
      if (Atomics.load(shared.control, control.isOver) !== 0) return;
      const given = Atomics.load(shared.control, control.given);
      const chunk = shared.take();
      if (chunk < 0) {
        // `end()` wakes without a new number.
        Atomics.wait(shared.control, control.given, given, 1000);
        continue;
      }
      const slot = shared.of(chunk);
      expander.expand(slot);
      const [guard = 0, cpu = 0] = expander.broken;
      if (guard !== 0) Atomics.store(shared.control, control.brokenGuard, 1);
      if (cpu !== 0) Atomics.store(shared.control, control.lostCpu, 1);
      Atomics.store(slot.head, slotHead.isDone, 1);
      Atomics.notify(slot.head, slotHead.isDone);
    }
  } catch (error) {
    shared.fail(error instanceof Error ? error.message : String(error));
  }
}
