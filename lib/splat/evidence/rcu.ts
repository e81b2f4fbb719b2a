/** What a suspicious use of RCU is about, who sleeps in it, and who opened the section. */
import type { RcuUsageSplat, StackFrame } from "../report/index.js";
import { sureNames } from "../stacks/fold-stack.js";
import { acquiring, plainName, reporting } from "../stacks/functions.js";
import { isHelper, ownerOf } from "../stacks/owner.js";

/** The cases that include/linux/rcupdate.h and kernel/rcu/update.c tell apart. */
export type RcuCase = "access" | "protected" | "blocking" | "idle" | "list" | "other" | "unknown";

/** Returns which case a report is. */
export function rcuCaseOf({ rcu }: RcuUsageSplat): RcuCase {
  // Whatever was read there: a CPU that RCU does not watch has no readers.
  if (rcu?.illegalFrom != null) return "idle";
  const what = rcu?.what ?? null;
  if (what === null) return "unknown";
  if (/illegal (?:context switch|synchronize_|nested)|context switch in|sleep/i.test(what)) {
    return "blocking";
  }
  if (/idle|offline|extended quiescent|not watching/i.test(what)) return "idle";
  // A tracepoint asks for its probes under RCU wherever it is hit: only where RCU does not watch is that wrong.
  if (isTracepoint({ rcu })) return "idle";
  if (/rcu_dereference_protected|rcu_replace_pointer/.test(what)) return "protected";
  if (/list traversed|RCU-list/i.test(what)) return "list";
  return /rcu_dereference|srcu_dereference/.test(what) ? "access" : "other";
}

/** A tracepoint reads a list of its probes under RCU; who hit it is the one to look at. */
export const isTracepoint = ({ rcu }: Pick<RcuUsageSplat, "rcu">): boolean =>
  /(?:^|\/)trace\/events\/|(?:^|\/)tracepoint\.[ch]$/.test(rcu?.file ?? "");

/** Returns the stack without the tracepoint that reported, where it was one. */
export function withoutTracepoint(report: RcuUsageSplat): readonly StackFrame[] {
  const { backtrace } = report;
  if (!isTracepoint(report)) return backtrace;
  const at = backtrace.findIndex(({ symbol }) => /^_*trace_/.test(symbol ?? ""));
  return backtrace.slice(at + 1);
}

/** Who reaches an access that RCU does not protect, and through which function, where that is another. */
export interface RcuAccess {
  readonly owner: string;
  /** The function in which the access stands, or null where it is the owner itself. */
  readonly through: string | null;
}

/**
 * Returns who reaches the access of a report, or null where the stack shows nobody: an access in a
 * header is of who calls the function there, and one in a helper of who calls that.
 */
export function accessOf(report: RcuUsageSplat): RcuAccess | null {
  const stack = withoutTracepoint(report);
  const header = /([a-z]\w+)\.h$/.exec(report.rcu?.file ?? "")?.[1] ?? null;
  const innermost = sureNames(stack).find((name) => !reporting.test(plainName(name)));
  const inHeader = header !== null && innermost?.includes(header) === true;
  const from = inHeader ? stack.findIndex(({ symbol }) => symbol === innermost) + 1 : 0;
  const owner = ownerOf(stack.slice(from)) ?? ownerOf(stack);
  if (owner === null) return null;
  const itself = innermost === undefined || plainName(innermost) === plainName(owner.name);
  return { owner: owner.name, through: itself ? null : innermost };
}

/** Returns the functions that opened the read-side sections that are held, the outermost first. */
export function openersOf({ held }: RcuUsageSplat): readonly string[] {
  const sections = (held?.locks ?? []).filter(({ name }) =>
    /^(?:rcu_read_lock|srcu|rcu_)/.test(name),
  );
  const names = sections.flatMap(
    ({ at, inlinedIn }) => inlinedIn.at(-1)?.symbol ?? at?.symbol ?? [],
  );
  return [...new Set(names.filter((name) => !isHelper(name)))];
}

/** A WARN or BUG, or a report of RCU's, which print while RCU may not watch (kernel/panic.c, lib/bug.c). */
const reports = /^(?:__warn\w*|warn_slowpath_\w+|report_bug|handle_bug|lockdep_rcu_suspicious)$/;

/**
 * Returns the stack of what was being reported when this came, or null where no other report is
 * on the stack: this one only follows from that.
 */
export function reportedBefore({ backtrace }: RcuUsageSplat): readonly StackFrame[] | null {
  const isReport = ({ symbol, unsure }: StackFrame): boolean =>
    !unsure && reports.test(plainName(symbol ?? ""));
  const own = backtrace.findIndex(
    ({ symbol }) => plainName(symbol ?? "") === "lockdep_rcu_suspicious",
  );
  const other = backtrace.findLastIndex((frame, at) => at > own && isReport(frame));
  if (other < 0) return null;
  const beyond = backtrace.slice(other + 1);
  // What RCU was asked by is the tracepoint of who is to be looked at.
  return beyond.slice(beyond.findIndex(({ symbol }) => !/^_*trace_/.test(symbol ?? "")));
}

const fault =
  /^(?:(?:asm_)?exc_page_fault|do_user_addr_fault|handle_page_fault|_*do_page_fault|page_fault|do_translation_fault|do_mem_abort|el1_abort|el1h_64_sync\w*|el1_sync|el1_da)$/;

/**
 * Returns the function of a lock, or of lockdep, in which the kernel itself faulted, where it is the
 * handler of that fault that may sleep; else null.
 */
export function faultedIn({ backtrace }: RcuUsageSplat): string | null {
  const names = sureNames(backtrace).map(plainName);
  const first = names.findIndex((name) => fault.test(name));
  if (first < 0 || ![...names.slice(0, first)].every((name) => reporting.test(name))) return null;
  const faulted = names.slice(first).find((name) => !fault.test(name));
  const isOfLock = faulted !== undefined && (reporting.test(faulted) || acquiring.test(faulted));
  return isOfLock ? faulted : null;
}

/** Returns the developer's function that sleeps, and by which function of the kernel it does. */
export function sleeperOf({ backtrace }: RcuUsageSplat): {
  readonly owner: string | null;
  readonly by: string | null;
} {
  const owner = ownerOf(backtrace)?.name ?? null;
  const names = sureNames(backtrace)
    .map(plainName)
    .filter((name) => !reporting.test(name));
  const at = owner === null ? -1 : names.indexOf(owner);
  return { owner, by: at < 1 ? null : (names[at - 1] ?? null) };
}
