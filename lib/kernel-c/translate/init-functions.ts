/** What runs before all else: the functions of `module_init()` and of initcalls, one after the other. */
import { type Process, join, thread } from "../../machine/index.js";
import { Faults } from "../errors/index.js";
import type { CFunction, Unit } from "../parse/ast.js";
import type { Run } from "../run-comments/run.js";
import type { Shared } from "./context/context.js";
import { bodyOf, newOwner } from "./owner.js";
import type { Made } from "./made.js";
import { sifted } from "./left-out.js";
import { callsIn } from "./statement/calls-in.js";

const levels =
  "(?:console|early|pure|core|postcore|arch|subsys|fs|rootfs|device|late)_initcall(?:_sync)?";
const initcall = new RegExp(`^[ \\t]*(?:module_init|${levels})\\s*\\(\\s*(\\w+)\\s*\\)`, "gm");

/** Returns the functions that run first; one that a comment runs, or that is called, has its time. */
export function initFunctions(unit: Unit, runs: readonly Run[]): readonly CFunction[] {
  const text = unit.text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, "");
  const names = new Set([...text.matchAll(initcall)].map(([, name = ""]) => name));
  if (names.size === 0) return [];
  for (const run of runs) names.delete(run.function);
  for (const { body } of unit.functions.values()) {
    for (const { name } of callsIn(body)) names.delete(name);
  }
  return [...names].flatMap((name) => unit.functions.get(name) ?? []);
}

/** What runs first, and the calls in it that are left out. */
export interface InitProcesses {
  readonly made: readonly Made[];
  readonly leftOut: readonly string[];
}

/**
 * Returns the processes that run the functions. What they call that is not known is left out: a driver registers itself
 * with much that no lock depends on.
 */
export function initProcesses(shared: Shared, all: readonly CFunction[]): InitProcesses {
  const made: Made[] = [];
  const leftOut: string[] = [];
  for (const [at, of] of all.entries()) {
    const owner = newOwner(of.name, null);
    const found = new Faults();
    const body = bodyOf({ ...shared, faults: found }, owner, of, of.at, () => []);
    const { standing, leftOut: calls } = sifted(shared, found.all);
    for (const fault of standing) shared.faults.add(fault.at, fault.message);
    leftOut.push(...calls.map((name) => `${name}() in ${of.name}()`));
    const before = all[at - 1]?.name ?? null;
    made.push({ process: afterwards(thread(of.name, body), before), owners: [owner] });
  }
  return { made, leftOut };
}

/** Returns a process that begins when another one has ended. */
export const afterwards = (process: Process, first: string | null): Process =>
  first === null ? process : { ...process, body: [join(first), ...process.body] };
