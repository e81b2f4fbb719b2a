/** A schedule run again, step by step, on the readable machine. */
import type { Event } from "../../primitives/event.js";
import { eventsOf } from "../model/events.js";
import { type Model, type State, type Transition, initialState } from "../model/model.js";
import { type Violation, isEnabled, step as takeStep } from "../model/step.js";
import { cpuOf } from "../model/whereabouts.js";

/** One step of a schedule: what was done, and the states around it. */
export interface ReplayStep {
  readonly transition: Transition;
  /** The process, as printed: `vcpu0`. */
  readonly process: string;
  /** The CPU that ran it; null for a device. */
  readonly cpu: number | null;
  readonly before: State;
  readonly after: State;
  readonly events: readonly Event[];
  readonly violations: readonly Violation[];
}

/** A schedule run to its end, or to a step that could not be taken. */
export interface Replay {
  readonly model: Model;
  readonly steps: readonly ReplayStep[];
  readonly final: State;
  /** The position in the schedule of a step that was not possible; null if all were. */
  readonly failedAt: number | null;
}

/**
 * Returns what happens under a schedule, deterministically.
 *
 * @example
 * const { schedule } = explore(abba()).violations.deadlock;
 * replay(translate(abba()), schedule).steps.map(({ process }) => process) // ["T0", "T1"]
 */
export function replay(model: Model, schedule: readonly number[]): Replay {
  const steps: ReplayStep[] = [];
  let state = initialState(model);
  for (const [at, id] of schedule.entries()) {
    const transition = model.transitions[id];
    if (transition === undefined || !isEnabled(model, state, transition)) {
      return { model, steps, final: state, failedAt: at };
    }
    const taken = traceStep(model, state, transition);
    steps.push(taken);
    state = taken.after;
  }
  return { model, steps, final: state, failedAt: null };
}

/** Returns one step of a trace. */
function traceStep(model: Model, before: State, transition: Transition): ReplayStep {
  const { state: after, violations } = takeStep(model, before, transition);
  const events = eventsOf(model, before, transition);
  const process = model.processes[transition.process];
  const cpu = process === undefined ? null : cpuOf(model, before, transition.process);
  return { transition, process: process?.name ?? "?", cpu, before, after, events, violations };
}
