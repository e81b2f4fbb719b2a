/** A schedule known with its states, and a shorter one tried in its place. */
import {
  type Model,
  type State,
  type Transition,
  type Violation,
  isEnabled,
  sameState,
  takeStep,
} from "../../machine/index.js";
import type { Property } from "../result/result.js";
import type { StuckFinder } from "../deadlock/stuck-from.js";
import { isShown, isShownAtEnd } from "./violates.js";

/** A schedule that shows a violation, with the state before each of its steps and that after the last. */
export interface Shown {
  readonly schedule: readonly number[];
  readonly states: readonly State[];
}

/**
 * What becomes of a step that is not possible when its turn comes: it is left out; or it is made up for as
 * soon as its process can move, which then takes what step it can where it is.
 */
export type Manner = "leave out" | "make up";

/**
 * Returns what is left of a schedule that shows a violation, if after `from` steps it goes on with others;
 * null if it shows the violation no more.
 *
 * @param wanted the steps to go on with, of whatever are possible: fewer than there were
 */
export function attempt(
  finder: StuckFinder,
  property: Property,
  best: Shown,
  from: number,
  wanted: readonly number[],
  manner: Manner,
): Shown | null {
  const trial = new Trial(finder, best, from);
  const early = !isShownAtEnd(property);
  for (const [at, id] of wanted.entries()) {
    trial.want(id, manner);
    // Where the old schedule had this state with as many steps to go, it goes on as it did.
    const old = best.schedule.length - (wanted.length - at - 1);
    if (old < best.schedule.length && trial.isAt(old)) return trial.goneOnFrom(old);
    if (early && trial.shows(property)) return trial.shown;
  }
  return trial.shows(property) ? trial.shown : null;
}

class Trial {
  private readonly schedule: number[];
  private readonly states: State[];
  private state: State;
  private violations: readonly Violation[] = [];
  private late: Transition[] = [];
  private readonly model: Model;

  constructor(
    private readonly finder: StuckFinder,
    private readonly best: Shown,
    from: number,
  ) {
    this.model = finder.model;
    this.schedule = best.schedule.slice(0, from);
    this.states = best.states.slice(0, from);
    this.state = best.states[from] ?? [];
  }

  get shown(): Shown {
    return { schedule: this.schedule, states: [...this.states, this.state] };
  }

  shows(property: Property): boolean {
    return isShown(this.finder, property, this.state, this.violations);
  }

  isAt(old: number): boolean {
    return this.schedule.length < old && sameState(this.state, this.best.states[old] ?? []);
  }

  goneOnFrom(old: number): Shown {
    return {
      schedule: [...this.schedule, ...this.best.schedule.slice(old)],
      states: [...this.states, ...this.best.states.slice(old)],
    };
  }

  want(id: number, manner: Manner): void {
    const wanted = this.model.transitions[id];
    if (wanted === undefined) return;
    if (manner === "leave out") {
      if (isEnabled(this.model, this.state, wanted)) this.take(wanted);
      return;
    }
    this.late.push(wanted);
    while (this.madeUp());
  }

  /** Takes the first of the steps that are late for which its process can move, in the order of each process. */
  private madeUp(): boolean {
    const waiting = new Set<number>();
    for (const [at, wanted] of this.late.entries()) {
      if (waiting.has(wanted.process)) continue;
      const step = this.stepFor(wanted);
      if (step === undefined) {
        waiting.add(wanted.process);
        continue;
      }
      this.late.splice(at, 1);
      this.take(step);
      return true;
    }
    return false;
  }

  private stepFor(wanted: Transition): Transition | undefined {
    const { model, state } = this;
    if (isEnabled(model, state, wanted)) return wanted;
    const process = model.processes[wanted.process];
    const leaving = process?.leaving[state[process.slot] ?? 0] ?? [];
    return leaving.find((other) => isEnabled(model, state, other));
  }

  private take(step: Transition): void {
    this.schedule.push(step.id);
    this.states.push(this.state);
    ({ state: this.state, violations: this.violations } = takeStep(this.model, this.state, step));
  }
}
