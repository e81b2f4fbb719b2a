/** Whether a usage came from switching interrupts on with the lock held, and who did that. */
import type { StackFrame } from "../report/index.js";

const marks = /^(?:mark_held_locks|(?:trace_|lockdep_)(?:hard|soft)irqs_on\w*)$/;
const switches =
  /^(?:mark_\w+|print_\w+|(?:trace_|lockdep_)\w+|_*(?:raw_)?(?:spin|read|write)_unlock_(?:irq|bh)\w*|_*local_(?:irq|bh)_enable\w*|preempt_\w+|dump_\w+|show_stack|valid_state)(?:\.|$)/;

/**
 * The function that switched interrupts on while the lock was held, or null: then the usage was
 * marked in `mark_held_locks()`, and no lock was acquired at that place.
 */
export function switchedOnBy(frames: readonly StackFrame[]): string | null {
  const names = frames.flatMap(({ symbol, unsure }) => (symbol === null || unsure ? [] : [symbol]));
  const marked = names.findIndex((name) => marks.test(name));
  const acquired = names.findIndex((name) => /^(?:__)?lock_acquire$/.test(name));
  if (marked < 0 || (acquired >= 0 && acquired < marked)) return null;
  return names.slice(marked).find((name) => !switches.test(name)) ?? null;
}
