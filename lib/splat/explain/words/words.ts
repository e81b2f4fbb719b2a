/** How locks, places and tasks are spoken of in explanations. */
import type { LockMention, StackFrame, SplatReport } from "../../report/index.js";
import type { SplatEdge } from "../../evidence/edges/edge.js";
import { foldStack, isEntry } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";
import { isHelper, ownerOf } from "../../stacks/owner.js";

/** `` `name` `` */
export const code = (text: string): string => `\`${text}\``;

/** A task as reports print it. */
export const taskOf = ({ task }: Pick<SplatReport, "task">): string =>
  task === null ? "the task" : `${task.comm}/${task.pid}`;

/** What ftrace's graph tracer puts in the place of every return address. */
const trampoline = "return_to_handler";

/**
 * Returns the place where a lock was taken, or nothing: the developer's own function where a stack
 * shows it, else the one that the report names with the lock.
 *
 * @param frames the stack on which it was taken, where the report has it
 */
export function placeOf(lock: LockMention, frames: readonly StackFrame[] = []): string {
  const { at } = lock;
  const shown = inPlace(frames);
  if (at?.symbol == null || at.symbol === "?" || at.symbol === trampoline) return shown;
  const inner = at.symbol;
  const outer = lock.inlinedIn.at(-1)?.symbol ?? null;
  const name = outer ?? inner;
  if (isEntry(name)) return "";
  if (isHelper(name)) return shown === "" ? ` by ${code(`${plainName(name)}()`)}` : shown;
  return outer === null || outer === inner
    ? ` in ${code(name)}`
    : ` in ${code(outer)} (${code(inner)} inlined)`;
}

/** Returns ``, which was taken in `function` `` or nothing. */
export function takenIn(lock: LockMention | null): string {
  const place = lock === null ? "" : placeOf(lock);
  return place === "" ? "" : `, which was taken${place}`;
}

/** Returns `` in `function` (file:line)``, of the developer's own function; or nothing. */
export function inPlace(frames: readonly StackFrame[]): string {
  const owner = ownerOf(frames);
  if (owner === null) return "";
  const { name, location } = owner;
  return ` in ${code(name)}${location === null ? "" : ` (${location})`}`;
}

/** What stands for the path of a stack without a function that matters. */
export const noPath = "a path that the report does not show";

/**
 * Whether the unwinder vouches for no frame of a stack: it found them there, perhaps of earlier
 * calls (`show_trace_log_lvl()` in arch/x86/kernel/dumpstack.c).
 */
const isUnsure = (frames: readonly StackFrame[]): boolean =>
  frames.length > 0 && frames.every(({ unsure }) => unsure);

const believed = (frames: readonly StackFrame[]): readonly StackFrame[] =>
  frames.map((frame) => ({ ...frame, unsure: false }));

/** Returns a folded stack as a call path, outermost first; at most so many functions. */
export function pathOf(frames: readonly StackFrame[], most = 5): string {
  const { functions, context } = foldStack(frames);
  if (functions.length === 0) {
    if (!isUnsure(frames)) return noPath;
    const perhaps = pathOf(believed(frames), most);
    const marked = "a stack of which every frame is marked ?";
    return perhaps === noPath ? marked : `${marked}, perhaps ${perhaps}`;
  }
  const shown = functions.slice(0, most);
  const path = [...shown].reverse().map(code).join(" > ");
  const more = functions.length > most ? "... > " : "";
  return `${more}${path}${context === "task" ? "" : ` (${context})`}`;
}

/** Returns `` `a` -> `b` ``, or `` `a` ... -> `b` `` where others may lie between. */
export const arrow = ({ from, to, gap }: Pick<SplatEdge, "from" | "to" | "gap">): string =>
  `${code(from)}${gap === null ? "" : " ..."} -> ${code(to)}`;

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}
