/** Who holds which lock at the end of a schedule: as readers too, and through a scheduler that hands locks on. */
import { evaluate } from "../model/evaluate.js";
import { taskOn } from "../model/events.js";
import { lockNames } from "../model/lock-names.js";
import type { Replay } from "../run/replay.js";

/** A lock that is held. */
export interface Holding {
  /** As printed: `rq->__lock[cpu0]`. */
  readonly lock: string;
  /** The process that has to drop it, by number. */
  readonly process: number;
  /** The position of the step that took it. */
  readonly step: number;
}

interface Taken {
  readonly id: string;
  readonly process: number;
  readonly cpu: number | null;
  readonly step: number;
}

/** Returns the locks that are held, in the order in which they were taken. */
export function holdingsOf(trace: Replay): readonly Holding[] {
  const { model, steps, final } = trace;
  let taken: readonly Taken[] = [];
  for (const [at, { events, transition, cpu }] of steps.entries()) {
    const { process } = transition;
    for (const event of events) {
      if (event.kind === "locked") {
        taken = [...taken, { id: event.map.id, process, cpu, step: at }];
      } else if (event.kind === "unlocked") {
        const { id } = event.map;
        const of = taken.filter((one) => one.id === id);
        const dropped = of.findLast((one) => one.process === process) ?? of.at(-1);
        taken = taken.filter((one) => one !== dropped);
      }
    }
  }
  const names = lockNames(model);
  return taken.map(({ id, process, cpu, step }) => {
    const { kind, hasCpu } = model.processes[process] ?? {};
    const away = kind === "task" && hasCpu !== undefined && evaluate(hasCpu, final) === 0;
    const now = away && cpu !== null ? taskOn(model, final, cpu) : process;
    return { lock: names.get(id) ?? id, process: now in model.processes ? now : process, step };
  });
}
