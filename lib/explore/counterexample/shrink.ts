/**
 * A counterexample made shorter by leaving steps out until that no longer helps: delta debugging (Zeller and
 * Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002), with the freedom that the steps left
 * need not be possible as they are.
 */
import type { Model } from "../../machine/index.js";
import { type Manner, type Shown, attempt } from "./shrink-trial.js";
import { renamedSteps } from "../analysis/renamed-steps.js";
import { symmetryOf } from "../analysis/symmetry.js";
import { replay } from "../../machine/run/replay.js";
import type { Property } from "../result/result.js";
import { StuckFinder } from "../deadlock/stuck-from.js";
import { isShown, isShownAtEnd, showsProperty } from "./violates.js";

/** Of a schedule longer than this, not every run of steps is tried: their number grows with its square. */
const mostForeveryRun = 200;

/** More renamings than this are not tried. */
const mostRenamings = 6;

const manners: readonly Manner[] = ["leave out", "make up"];

/**
 * Returns a schedule that shows the same property violated, in no more steps: where it has no more than 200,
 * one from which no run of steps can be left out. It need not be the shortest, nor end where the other did.
 *
 * A run is left out also where the steps after it must change to be possible: some are skipped or come later,
 * a process takes another turn, interchangeable CPUs and tasks change roles. The same schedule gives the same.
 *
 * @throws RangeError if the schedule does not show the property violated
 * @example
 * const found = explore(abba(), { shortest: false }).violations.deadlock;
 * shrink(translate(abba()), "deadlock", found?.schedule ?? []).length // 2
 */
export function shrink(
  model: Model,
  property: Property,
  schedule: readonly number[],
): readonly number[] {
  if (!showsProperty(model, property)(schedule)) {
    throw new RangeError(
      `shrink: this schedule of "${model.scenario.name}" does not end in a violation of "${property}"; replay() shows where it leads`,
    );
  }
  const finder = new StuckFinder(model);
  const shrinking = new Shrinking(finder, property, statesOf(finder, property, schedule));
  for (let length = Infinity; shrinking.length < length;) {
    length = shrinking.length;
    shrinking.withoutDetours();
    shrinking.withoutChunks();
    shrinking.withoutTurns();
    if (shrinking.length === length) shrinking.withoutRuns();
  }
  return shrinking.schedule;
}

/** The schedule with its states, up to where the violation shows first. */
function statesOf(finder: StuckFinder, property: Property, schedule: readonly number[]): Shown {
  const { steps, final } = replay(finder.model, schedule);
  const states = [...steps.map(({ before }) => before), final];
  if (isShownAtEnd(property)) return { schedule, states };
  const first = steps.findIndex((s) => isShown(finder, property, s.after, s.violations));
  return { schedule: schedule.slice(0, first + 1), states: states.slice(0, first + 2) };
}

class Shrinking {
  private readonly renamings: readonly (readonly number[])[];

  constructor(
    private readonly finder: StuckFinder,
    private readonly property: Property,
    private best: Shown,
  ) {
    const { model } = finder;
    this.renamings = symmetryOf(model)
      .renamings.slice(0, mostRenamings)
      .map((by) => renamedSteps(model, by));
  }

  get schedule(): readonly number[] {
    return this.best.schedule;
  }

  get length(): number {
    return this.schedule.length;
  }

  /** Leaves out what lies between two equal states. */
  withoutDetours(): void {
    const { schedule, states } = this.best;
    const last = new Map(states.map((state, at) => [state.join(), at]));
    const kept: number[] = [];
    for (let at = 0; at < states.length; at++) {
      at = last.get((states[at] ?? []).join()) ?? at;
      kept.push(at);
    }
    const whole = kept.length === states.length;
    // A check that fails in the last step does so in that step, not in the state that it leads to.
    if (
      whole ||
      !this.try(
        0,
        kept.slice(0, -1).map((at) => schedule[at] ?? 0),
      )
    )
      return;
  }

  /** Leaves out chunks, from half of the steps down to one, from the end on. */
  withoutChunks(): void {
    for (let size = this.length >> 1; size >= 1; size >>= 1) {
      for (let end = this.length; end > 0; end = Math.min(end - size, this.length)) {
        const from = Math.max(0, end - size);
        this.try(from, this.schedule.slice(end));
      }
    }
  }

  /** Leaves out what one process does: from a step on, or some steps in a row of its own. */
  withoutTurns(): void {
    for (const process of this.finder.model.processes.keys()) {
      const own = (): number[] => [...this.schedule.keys()].filter((at) => this.isOf(process, at));
      for (let at = 0; at < own().length;) if (!this.tryWithout(own().slice(at))) at++;
      for (let size = own().length >> 1; size >= 1; size >>= 1) {
        for (let at = own().length - size; at >= 0; at--) {
          this.tryWithout(own().slice(at, at + size));
        }
      }
    }
  }

  /** Leaves out what runs of steps it can, the longest first; of many steps, runs of some lengths only are tried. */
  withoutRuns(): void {
    const all = this.length <= mostForeveryRun;
    for (let size = this.length; size >= 1; size = all ? size - 1 : size >> 1) {
      for (let from = 0; from + size <= this.length;) {
        if (!this.try(from, this.schedule.slice(from + size))) from++;
      }
    }
  }

  private isOf(process: number, at: number): boolean {
    return this.finder.model.transitions[this.schedule[at] ?? -1]?.process === process;
  }

  private tryWithout(places: readonly number[]): boolean {
    const [from] = places;
    if (from === undefined) return false;
    const gone = new Set(places);
    return this.try(
      from,
      this.schedule.filter((_, at) => at > from && !gone.has(at)),
    );
  }

  /** Goes on after some steps with others, if that shows the violation too; returns whether it does. */
  private try(from: number, wanted: readonly number[]): boolean {
    const { finder, property, best } = this;
    for (const manner of manners) {
      for (const renaming of this.renamings) {
        const steps = wanted.map((id) => renaming[id] ?? id);
        const shown = attempt(finder, property, best, from, steps, manner);
        if (shown === null) continue;
        this.best = shown;
        return true;
      }
    }
    return false;
  }
}
