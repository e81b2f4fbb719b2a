/** The reachable states of a small scenario, breadth first, with the steps between them. */
import type { Scenario } from "../language/scenario.js";
import { initialState, type Model, type State } from "../model/model.js";
import { enabled, step as takeStep } from "../model/step.js";
import { translate } from "../translate/translate.js";

/** A state, numbered in the order in which it was found. */
export interface SpaceState {
  readonly state: State;
  /** Steps from the start. */
  readonly depth: number;
}

/** A step from one state to another. */
export interface SpaceStep {
  readonly from: number;
  readonly to: number;
  readonly transition: number;
  /** The process that takes it, and its words. */
  readonly label: string;
}

/** All that was found. */
export interface StateSpace {
  readonly model: Model;
  readonly states: readonly SpaceState[];
  readonly steps: readonly SpaceStep[];
  /** False if there are more states than were asked for. */
  readonly complete: boolean;
}

/**
 * Returns the states reachable in a scenario and the steps between them.
 *
 * @param most states at most; a search that finds more is cut short.
 */
export function stateSpace(scenario: Scenario, most: number): StateSpace {
  const model = translate(scenario);
  const states: SpaceState[] = [{ state: initialState(model), depth: 0 }];
  const numbers = new Map([[initialState(model).join(), 0]]);
  const steps: SpaceStep[] = [];
  let complete = true;
  for (const [from, { state, depth }] of states.entries()) {
    for (const transition of enabled(model, state)) {
      const next = takeStep(model, state, transition).state;
      let to = numbers.get(next.join());
      if (to === undefined) {
        if (states.length >= most) {
          complete = false;
          continue;
        }
        to = states.push({ state: next, depth: depth + 1 }) - 1;
        numbers.set(next.join(), to);
      }
      const who = model.processes[transition.process]?.name ?? "?";
      const label = `${who}: ${transition.label}`;
      steps.push({ from, to, transition: transition.id, label });
    }
  }
  return { model, states, steps, complete };
}
