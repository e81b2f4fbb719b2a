/** Threads that the text starts itself, `kthread_run(function, data, "name")`: no comment has to say that they run. */
import type { Unit } from "../parse/ast.js";
import type { Run } from "../run-comments/run.js";
import { callsIn } from "./statement/calls-in.js";

/** Returns a run of each function that a thread is started with, unless a comment runs it. */
export function startedThreads(unit: Unit, said: readonly Run[]): readonly Run[] {
  const found = new Map<string, Run>();
  for (const { body } of unit.functions.values()) {
    for (const { name, args, at } of callsIn(body)) {
      const [given] = args;
      if (name !== "kthread_run" || given?.kind !== "name") continue;
      const isKnown = said.some((run) => run.function === given.name) || found.has(given.name);
      if (isKnown || !unit.functions.has(given.name)) continue;
      const where = { on: "own", at, argsAt: at } as const;
      const what = { function: given.name, args: "", forever: false };
      found.set(given.name, { kind: "thread", ...what, ...where });
    }
  }
  return [...found.values()];
}
