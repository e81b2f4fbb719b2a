/** Which processes are blocked at the end of a schedule: some, and all that they wait for. */
import { taskOn } from "../model/events.js";
import { enabled } from "../model/step.js";
import type { Replay } from "../run/replay.js";
import { type Standing, waitReason } from "./wait-reason.js";

/** Processes that do not go on, and those that they wait for although they can. */
export interface StandingTogether {
  readonly standing: readonly Standing[];
  /** Those that can still move, by number. */
  readonly moving: readonly number[];
}

/** Returns the processes that a blocked one waits for, by number. */
export function waitedFor(
  { model, steps, final }: Replay,
  { process, reason }: Standing,
): readonly number[] {
  // What a CPU holds, the task has to drop that has the CPU now: a scheduler hands its lock on.
  const by = (position: number): readonly number[] => {
    const { transition, cpu } = steps[position] ?? {};
    if (transition === undefined) return [];
    const task = cpu == null ? model.processes.length : taskOn(model, final, cpu);
    const handedOn = model.processes[transition.process]?.kind === "task" && task !== process;
    return handedOn && task in model.processes ? [transition.process, task] : [transition.process];
  };
  switch (reason.kind) {
    case "held": {
      const holders = reason.steps.flatMap(by).filter((other) => other !== process);
      return [...new Set([...holders, ...reason.by.map((step) => step.process)])];
    }
    case "off-cpu":
      return reason.steps.flatMap(by).filter((other) => other !== process);
    case "awaited":
      return [...new Set(reason.by.map((step) => step.process))];
    case "missed":
    case "nobody":
      return [];
  }
}

/** Returns some processes and all that they wait for, one for the other. */
export function standingFrom(trace: Replay, seeds: readonly number[]): StandingTogether {
  const { model, final } = trace;
  const known = new Set(seeds);
  const standing: Standing[] = [];
  const moving: number[] = [];
  const moves = new Set(enabled(model, final).map(({ process }) => process));
  for (const number of known) {
    const found = waitReason(trace, number, seeds.includes(number));
    if (found !== null) {
      standing.push(found);
      for (const other of waitedFor(trace, found)) known.add(other);
    } else if (moves.has(number)) {
      moving.push(number);
    }
  }
  return { standing, moving };
}
