/** Whether the function that took a held lock has returned with it. */
import type { HeldMention, LockMention, SomeParts, SplatReport } from "../../report/index.js";
import { isEntry, sureNames } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";
import { isHelper } from "../../stacks/owner.js";
import type { Evidence } from "../evidence.js";

/**
 * Returns the function that took the held lock where it is no longer on the task's stack, else
 * null. Wrappers that return with a lock held do so on purpose, and a stack that was cut short
 * does not show who is on it.
 */
export const leakedBy = ({
  holding,
  report,
}: Pick<Evidence, "holding" | "report">): string | null => leakOf(holding, report);

/** Names of functions whose purpose is to return with something held. */
const returnsHeld =
  /lock|(?:^|_)(?:acquire|get|map|open|join|alloc|init|new|create|fetch|take|access|setup|attach|bind|enter|begin|start|down|freeze|frozen|suspend|quiesce|pause|hold|grab|reserve|prepare|claim|block)(?:_|$)/;

/** Returns the same of any lock that a task holds. */
export function leakOf(lock: LockMention | HeldMention | null, report: SplatReport): string | null {
  const taker = lock?.inlinedIn.at(-1)?.symbol ?? lock?.at?.symbol ?? null;
  if (taker === null) return null;
  const name = plainName(taker);
  const names = sureNames(report.backtrace).map(plainName);
  const whole = names.some(isEntry);
  const { chain }: SomeParts = report;
  // The stack of the new edge is the task's own, and may be whole where a mailer broke the other.
  const own = [...report.backtrace, ...(chain?.find(({ index }) => index === 0)?.frames ?? [])];
  const all = own.map(({ symbol }) => plainName(symbol ?? ""));
  if (!whole || isHelper(name) || isEntry(name) || !/^[A-Za-z_]/.test(name)) return null;
  if (returnsHeld.test(name)) return null;
  return all.includes(name) ? null : name;
}
