/** Whether a usage came from switching interrupts on with the lock held, and which function did that. */
import type { SplatReport, StackFrame } from "../../report/index.js";
import { sureNames } from "../../stacks/fold-stack.js";
import { acquiring, plainName } from "../../stacks/functions.js";
import { ownerOf, type Owner } from "../../stacks/owner.js";

/**
 * Returns what was switched on in words: with hardirqs on softirqs can come too, and the usage that
 * is marked then may be theirs (`trace_hardirqs_on()`).
 */
export const switchedWords = (irq: string, by: string | null): string =>
  irq === "softirq" && by !== null && !by.includes("_bh")
    ? "interrupts on, and with them softirqs"
    : `${irq}s on`;

/** What is about to be switched on: with hardirqs off softirqs cannot come, whatever their own flag says. */
export const offWords = (report: SplatReport, irq: string): string =>
  report.kind === "inconsistent" && irq === "softirq" && (report.irqState ?? "").includes(":HE0")
    ? "interrupts"
    : `${irq}s`;

/** Who switched interrupts on under a lock, and by which function. */
export interface SwitchedOn {
  readonly owner: Owner;
  /** Such as `_raw_spin_unlock_irq`, or null. */
  readonly by: string | null;
  /** The function in which that is called, where it is another one: what the owner comes to. */
  readonly inside: string | null;
}

const marks = /^(?:mark_held_locks|_*(?:trace_|lockdep_)(?:hard|soft)irqs_on\w*)$/;
const switches =
  /^_*(?:raw_)?(?:spin|read|write)_unlock_(?:irq|bh)\w*$|^_*(?:raw_)?local_(?:irq|bh)_(?:enable|restore)\w*$/;

/**
 * Returns who switched interrupts on while the lock was held, or null: then the usage was marked
 * in `mark_held_locks()`, and no lock was acquired at that place.
 */
export function switchedOn(frames: readonly StackFrame[]): SwitchedOn | null {
  const names = sureNames(frames).map(plainName);
  const marked = names.findIndex((name) => marks.test(name));
  const acquired = names.findIndex((name) => /^(?:__)?lock_acquire$/.test(name));
  if (marked < 0 || (acquired >= 0 && acquired < marked)) return null;
  const owner = ownerOf(frames);
  if (owner === null) return null;
  const last = names.findLastIndex((name, at) => at >= marked && switches.test(name));
  const caller = last < 0 ? undefined : names.slice(last + 1).find((name) => !acquiring.test(name));
  const inside = caller === undefined || caller === plainName(owner.name) ? null : caller;
  return { owner, by: names[last] ?? null, inside };
}

/**
 * Whether interrupts are only about to be switched on with the lock held: lockdep marks that before
 * it believes them on (`lockdep_hardirqs_on_prepare()`), so they are off in the line of the task, and
 * the stack, which would name who does it, is not shown.
 */
export function isAboutToSwitchOn(report: SplatReport): boolean {
  if (report.kind !== "inconsistent") return false;
  const { irqState, usageTo, backtrace } = report;
  // Acquiring a lock marks neither as on while hardirqs are off (`mark_usage()`).
  const off = (usageTo ?? "").startsWith("HARDIRQ-ON") ? /:HE0/ : /:HE0|:SE0/;
  return (
    /^(?:HARD|SOFT)IRQ-ON/.test(usageTo ?? "") && off.test(irqState ?? "") && backtrace.length === 0
  );
}
