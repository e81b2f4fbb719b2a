/** What a scenario does, apart from its names and from what lockdep is told: `raw_spin_lock_nested()` locks. */
import { type Scenario, translate } from "../../machine/index.js";

/** Returns a text that is the same for scenarios that do the same. */
export function whatItDoes(scenario: Scenario): string {
  const { slots, processes, always, quiescent, finally: atEnd } = translate(scenario);
  return JSON.stringify([
    slots.map(({ name, min, max, init }) => [name, min, max, init]),
    processes.map(({ kind, cpu, runs, ends, rests, leaving }) => [
      [kind, cpu, runs, [...ends], [...rests]],
      leaving.flat().map(({ from, to, guard, changes }) => [from, to, guard, changes]),
    ]),
    [...always, ...quiescent, ...atEnd],
  ]);
}
