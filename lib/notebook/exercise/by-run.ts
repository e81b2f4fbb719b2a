/** Requirements that one run of each path judges: that the answer still does its work. */
import { sequentialRun } from "../../machine/index.js";
import type { Scenario } from "../../machine/index.js";
import type { Requirement } from "./requirement.js";

/**
 * Requires that each of some tasks holds several locks at once at some moment.
 *
 * @param locks names of classes or of instances, such as `&rq->__lock` or `rq->__lock@1`
 * @param tasks names of processes
 */
export function holdsTogether(
  locks: readonly string[],
  tasks: readonly string[],
): Requirement<Scenario> {
  const wanted = locks.join(" and ");
  return {
    says: `${tasks.join(" and ")} still hold${tasks.length === 1 ? "s" : ""} ${wanted} at once`,
    test: (scenario) => {
      const { model, events } = sequentialRun(scenario);
      const done = new Set<string>();
      const held = new Map<string, Map<string, string>>();
      for (const event of events) {
        const who = model.processes[event.task]?.name ?? "";
        const own = held.get(who) ?? new Map<string, string>();
        held.set(who, own);
        if (event.kind === "locked") own.set(event.map.id, event.map.name);
        if (event.kind === "unlocked") own.delete(event.map.id);
        if (locks.every((lock) => [...own].some((names) => names.includes(lock)))) done.add(who);
      }
      const missing = tasks.filter((task) => !done.has(task));
      return missing.length === 0
        ? { met: true, seen: "in a run without a race" }
        : { met: false, why: `${missing.join(", ")} never holds ${wanted} at once` };
    },
  };
}
