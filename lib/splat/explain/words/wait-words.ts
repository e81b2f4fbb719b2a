/** What is done with a class that stands for waiting: who runs the item or the timer does not wait for it. */
import type { SplatEdge } from "../../evidence/edges/edge.js";
import type { StackFrame } from "../../report/index.js";
import { sureNames } from "../../stacks/fold-stack.js";
import { acquiring, plainName, reporting, softirqs, works } from "../../stacks/functions.js";
import { takenWords } from "./state-words.js";

/** Returns `runs` or `waits for`, by the function on a stack that told lockdep of it. */
export const waitVerb = (frames: readonly StackFrame[]): "runs" | "waits for" =>
  isRun(frames) ? "runs" : "waits for";

/** `waited for with softirqs on (SOFTIRQ-ON-W)`, or run, or entered, of what bears a name. */
export const waitedWords = (name: string, state: string, frames: readonly StackFrame[]): string =>
  takenWords(state).replace(
    /^taken/,
    isRun(frames) ? "run" : isNeverWaited(name) ? "entered" : "waited for",
  );

function isRun(frames: readonly StackFrame[]): boolean {
  const told = sureNames(frames)
    .map(plainName)
    .find((name) => !reporting.test(name) && !acquiring.test(name));
  return told !== undefined && (works.test(told) || softirqs.test(told));
}

/** Who reads or writes a file of sysfs, runs a callback or begins a section, and waits for nobody by that. */
const enters =
  /^(?:kernfs_(?:get_active|seq_start|fop_\w+)|sysfs_(?:get_active\w*|(?:read|write)_file)|cpuhp_thread_fun|_*srcu_read_lock\w*)$/;

/** Memory reclaim and its callbacks run in the task that comes to them; a context of ww_mutexes is of one task. */
const neverWaited = /^(?:fs_reclaim|mmu_notifier_invalidate_range_start)$|_ww_class_acquire$/;

/** Returns what a task is about to do: it takes a lock, or enters or waits for what stands for waiting. */
export function wantVerb(
  name: string,
  frames: readonly StackFrame[],
  waits: ReadonlySet<string>,
): "enters" | "waits for" | "wants" {
  if (isNeverWaited(name)) return "enters";
  if (!waits.has(name)) return "wants";
  return entersOn({ frames }) ? "enters" : "waits for";
}

/** Whether nobody waits for what bears that name, ever. */
export const isNeverWaited = (name: string): boolean => neverWaited.test(name);

/** Whether an edge is of who is within from then on, and not of who waits. */
export const isEntered = (edge: SplatEdge, waits: ReadonlySet<string>): boolean =>
  edge.gap === null &&
  (isNeverWaited(edge.to) || joinsBoth(edge) || (waits.has(edge.to) && entersOn(edge)));

/** Who joins a transaction of btrfs is counted twice, and has not to wait between the two (join_transaction()). */
const joinsBoth = ({ from, to }: SplatEdge): boolean =>
  from === "btrfs_trans_num_writers" && to === "btrfs_trans_num_extwriters";

/** Whether the stack of an edge shows that something is entered and not waited for. */
export function entersOn({ frames }: Pick<SplatEdge, "frames">): boolean {
  return (
    isRun(frames) ||
    sureNames(frames)
      .map(plainName)
      .filter((name) => !reporting.test(name))
      .slice(0, 2)
      .some((name) => enters.test(name))
  );
}
