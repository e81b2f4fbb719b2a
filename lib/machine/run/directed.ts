/** Schedules by direction: who runs, and how far, where a search would take too long. */
import { type Model, type State, type Transition, initialState } from "../model/model.js";
import { named } from "../../primitives/named.js";
import { enabled, step as takeStep } from "../model/step.js";

/** One direction: a process runs until its next step would be `before`. */
export interface Direction {
  /** The process by name, such as `vcpu0`. */
  readonly run: string;
  /** The label of the step before which it stops; as far as it can if left out. */
  readonly before?: string;
  /**
   * What to pick where a step is a choice, such as `cpu0`; labels to prefer come here as well, and functions in
   * which a step is to be, or to which it is to lead.
   */
  readonly prefer?: readonly string[];
}

/**
 * Returns the schedule that follows the directions.
 *
 * @throws RangeError if a process cannot move although its direction wants it to
 * @throws UnknownNameError where there is no such process
 */
export function direct(model: Model, directions: readonly Direction[]): number[] {
  const schedule: number[] = [];
  let state = initialState(model);
  for (const direction of directions) {
    named("process", direction.run, model.processes);
    for (let step = 0; ; step++) {
      const choices = stepsOf(model, state, direction.run);
      if (choices.some(({ label }) => label === direction.before) && step > 0) break;
      const next = preferred(model, choices, direction);
      if (next === undefined) {
        if (direction.before === undefined) break;
        throw new RangeError(`${direction.run} cannot get to "${direction.before}"`);
      }
      if (step > mostSteps) {
        throw new RangeError(
          `${direction.run} does not stop before "${direction.before ?? "anything"}"`,
        );
      }
      schedule.push(next.id);
      ({ state } = takeStep(model, state, next));
    }
  }
  return schedule;
}

/** A direction that has not ended by then goes round in circles. */
const mostSteps = 200;

/** Returns whether only devices can move after a schedule. */
export function comesToRest(model: Model, schedule: readonly number[]): boolean {
  let state = initialState(model);
  for (const id of schedule) {
    const transition = model.transitions[id];
    if (transition === undefined) throw new RangeError(`no transition ${id}`);
    ({ state } = takeStep(model, state, transition));
  }
  return enabled(model, state).every(({ process }) => model.processes[process]?.kind === "device");
}

function stepsOf(model: Model, state: State, name: string): readonly Transition[] {
  return enabled(model, state).filter(({ process }) => model.processes[process]?.name === name);
}

function preferred(
  { processes }: Model,
  choices: readonly Transition[],
  { prefer = [] }: Direction,
): Transition | undefined {
  const wanted = ({ label, stack }: Transition): boolean =>
    [label, ...stack].some((name) => prefer.includes(name));
  const leads = ({ process, to }: Transition): boolean =>
    processes[process]?.leaving[to]?.some(wanted) === true;
  const rank = (step: Transition): number =>
    (prefer.includes(step.label) ? 8 : 0) +
    (wanted(step) ? 4 : 0) +
    (leads(step) ? 3 : 0) +
    (step.picked !== null && prefer.includes(step.picked.name) ? 2 : 0);
  return [...choices].sort((a, b) => rank(b) - rank(a))[0];
}
