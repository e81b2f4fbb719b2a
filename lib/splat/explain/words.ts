/** How locks, places and tasks are spoken of in explanations. */
import type { LockMention, StackFrame, SplatReport } from "../report.js";
import { foldStack } from "./fold-stack.js";

/** `` `name` `` */
export const code = (text: string): string => `\`${text}\``;

/** A task as reports print it. */
export const taskOf = ({ task }: SplatReport): string =>
  task === null ? "the task" : `${task.comm}/${task.pid}`;

/** The place where a lock was taken, or nothing. */
export function placeOf(lock: LockMention): string {
  const { at } = lock;
  if (at === null) return "";
  const outer = lock.inlinedIn.at(-1)?.symbol;
  const name = at.symbol ?? at.raw;
  return outer == null ? ` in ${code(name)}` : ` in ${code(outer)} (${code(name)} inlined)`;
}

/** A folded stack as a call path, outermost first; at most so many functions. */
export function pathOf(frames: readonly StackFrame[], most = 5): string {
  const { functions, context } = foldStack(frames);
  if (functions.length === 0) return "a path that the report does not show";
  const shown = functions.slice(0, most);
  const path = [...shown].reverse().map(code).join(" > ");
  const more = functions.length > most ? "... > " : "";
  return `${more}${path}${context === "task" ? "" : ` (${context})`}`;
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}
