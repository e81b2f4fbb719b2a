/** Calls with which a thread ends itself: kernel/exit.c, kernel/kthread.c. */
import type { CStatement } from "../../parse/ast.js";
import type { Body } from "../context/context.js";

/** Whether a completion is the first argument, and is completed before. */
const completes: ReadonlyMap<string, boolean> = new Map([
  ["do_exit", false],
  ["kthread_exit", false],
  ["complete_and_exit", true],
  ["kthread_complete_and_exit", true],
]);

/** The frame of the line that runs a function, and the function's own. */
const ownFrames = 2;

/**
 * Returns what a statement does that ends the thread in its own function; null of any other. In what that calls nothing
 * could be left out behind it, so that the vocabulary says there what to write.
 */
export function endOfThread(
  { frames, shared: { unit } }: Body,
  { at, of }: Extract<CStatement, { kind: "expression" }>,
): readonly CStatement[] | null {
  if (of.kind !== "call" || frames.length > ownFrames || unit.functions.has(of.name)) return null;
  const first = completes.get(of.name);
  const value = of.args.at(-1);
  if (first === undefined || value === undefined || of.args.length !== (first ? 2 : 1)) return null;
  const complete = { ...of, name: "complete", args: of.args.slice(0, 1) };
  return [
    ...(first ? [{ kind: "expression", at, of: complete } as const] : []),
    { kind: "return", at, value },
  ];
}
