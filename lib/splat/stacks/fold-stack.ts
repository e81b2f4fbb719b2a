/** Folds a stack to the functions that matter: what lies between the entry and the lock. */
import type { StackFrame } from "../report/index.js";
import {
  acquiring,
  hardirqs,
  plainName,
  reporting,
  softirqs,
  syscalls,
  threads,
  works,
} from "./functions.js";

/** A stack without lockdep's, the lock's and the entry's own functions. */
export interface FoldedStack {
  /** The function that takes the lock, such as `_raw_spin_lock_irqsave`, or null. */
  readonly acquire: string | null;
  /** The functions that matter, innermost first. */
  readonly functions: readonly string[];
  /** What the stack runs in, as far as its functions tell. */
  readonly context: "hardirq" | "softirq" | "work item" | "system call" | "kernel thread" | "task";
  /** How many lines were left out. */
  readonly folded: number;
}

/**
 * Returns a stack folded: what takes the lock, the functions that matter, what they run in.
 *
 * @param frames the frames, innermost first
 * @example
 * ```ts
 * const [report] = readSplats(kvmPiReport);
 * foldStack(report?.chain?.[0]?.frames ?? []).functions.length > 0 // true
 * ```
 */
export function foldStack(frames: readonly StackFrame[]): FoldedStack {
  const names = sureNames(frames);
  const { taking, inner } = takenOff(names);
  const functions = dropEntry(inner.slice(taking.length));
  return {
    acquire: taking.at(-1) ?? null,
    functions,
    context: contextOf(names),
    folded: frames.length - functions.length,
  };
}

/** The functions with which a stack ends in taking a lock, innermost first. */
export const takingOn = (frames: readonly StackFrame[]): readonly string[] =>
  takenOff(sureNames(frames)).taking;

function takenOff(
  names: readonly string[],
): Readonly<Record<"taking" | "inner", readonly string[]>> {
  const inner = names.filter((name) => !reporting.test(plainName(name)));
  // Only from the innermost end: further out a lock's name is a caller like any other.
  const leading = inner.findIndex((name) => !acquiring.test(plainName(name)));
  return { inner, taking: leading < 0 ? inner : inner.slice(0, leading) };
}

/** The functions of a stack that were called for sure, innermost first. */
export const sureNames = (frames: readonly StackFrame[]): readonly string[] =>
  // Of a function PowerPC had a descriptor, and its code has the name with a dot before it.
  frames.flatMap(({ symbol, unsure }) =>
    unsure || symbol === null ? [] : [symbol.replace(/^\./, "")],
  );

/** Cuts at the first function that enters: what lies further out was only interrupted by it. */
function dropEntry(names: readonly string[]): readonly string[] {
  const entry = names.findIndex((name, at) => at > 0 && isEntry(name));
  const kept = entry < 0 ? names : names.slice(0, entry);
  const own = kept.filter((name) => !isEntry(name));
  return own.length > 0 ? own : names.slice(0, 1);
}

/** Whether code is entered through a function: an interrupt, a work item, a call, a thread. */
export const isEntry = (name: string): boolean =>
  [hardirqs, softirqs, works, syscalls, threads].some((each) => each.test(plainName(name)));

/** arch/arm64/kernel/entry-common.c */
const fromUser = /^el0(?!\w*_svc)\w*$/;

const afterIrq =
  /^(?:(?:arm64_)?preempt_schedule_irq|(?:raw_)?irqentry_exit_(?:cond_resched|to_user_mode))$/;

function contextOf(names: readonly string[]): FoldedStack["context"] {
  for (const [at, each] of names.entries()) {
    const name = plainName(each);
    // Timers that may not run in a hard interrupt run from a softirq, by the same functions.
    if (
      /^_*(?:run_hrtimer|hrtimer_run_queues)$/.test(name) &&
      names.includes("hrtimer_run_softirq")
    )
      continue;
    // The idle task runs what other CPUs have queued for its CPU, too.
    if (/^_*flush_smp_call_function_queue$/.test(name)) continue;
    // What an interrupt leaves to its end, another task's turn or the way to user space, is no part of it.
    if (hardirqs.test(name) && names.slice(0, at).some((inner) => afterIrq.test(plainName(inner))))
      continue;
    if (hardirqs.test(name)) return "hardirq";
    if (softirqs.test(name)) return "softirq";
    if (works.test(name)) return "work item";
    // A fault comes in from user space by the same functions, and then there is no system call within.
    if (fromUser.test(name)) continue;
    if (syscalls.test(name)) return "system call";
    // A module is initialised by a call of who loads it, what is built in by the thread that boots.
    if (name === "do_one_initcall" && names.includes("do_init_module")) continue;
    if (threads.test(name)) return "kernel thread";
  }
  return "task";
}
