/** How locks, places and tasks are spoken of in explanations. */
import type { LockMention, StackFrame, SplatReport } from "../../report/index.js";
import { foldStack } from "../../stacks/fold-stack.js";

/** `` `name` `` */
export const code = (text: string): string => `\`${text}\``;

/** A task as reports print it. */
export const taskOf = ({ task }: Pick<SplatReport, "task">): string =>
  task === null ? "the task" : `${task.comm}/${task.pid}`;

/** What ftrace's graph tracer puts in the place of every return address. */
const trampoline = "return_to_handler";

/**
 * The place where a lock was taken, or nothing.
 *
 * @param frames the stack on which it was taken, where the report has it
 */
export function placeOf(lock: LockMention, frames: readonly StackFrame[] = []): string {
  const { at } = lock;
  if (at === null || at.symbol === "?") return "";
  if (at.symbol === trampoline) return inPlace(frames);
  const outer = lock.inlinedIn.at(-1)?.symbol;
  const name = at.symbol ?? at.raw;
  return outer == null ? ` in ${code(name)}` : ` in ${code(outer)} (${code(name)} inlined)`;
}

/** ``, which `function` took`` or nothing. */
export function takenIn(lock: LockMention | null): string {
  const place = lock === null ? "" : placeOf(lock);
  return place === "" ? "" : `, which was taken${place}`;
}

/** Functions of locks that a folded stack can begin with: where they are called is the place. */
const own =
  /^_*(?:raw_)?(?:spin|read|write|mutex|ww_mutex|rcu_read|rt_mutex)_unlock\w*$|^up_(?:read|write)$|^rt_(?:spin|read|write)_\w+$/;

/** `` in `function` (file:line)``, of the innermost function that matters; or nothing. */
export function inPlace(frames: readonly StackFrame[]): string {
  const name = foldStack(frames).functions.find(
    (each) => /^[A-Za-z_]/.test(each) && !own.test(each),
  );
  if (name === undefined) return "";
  const location = frames.find(({ symbol }) => symbol === name)?.location;
  return ` in ${code(name)}${location == null ? "" : ` (${location})`}`;
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
