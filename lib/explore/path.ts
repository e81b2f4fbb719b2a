/** From a state that a search found back to a schedule of the scenario itself, unseen steps included. */
import { type State, enabled, initialState, takeStep } from "../machine/index.js";
import type { Engine } from "./engine.js";
import { pack, unpack } from "./packing.js";
import { merges } from "./reductions.js";
import type { Finding, Search } from "./search.js";
import { renamedValue } from "./symmetry.js";

/**
 * Returns the transitions that lead to a finding, by `Transition.id`.
 *
 * A reduced search knows states up to renaming, and runs through steps unseen; so the way is walked
 * again: of the real state's successors, the one is taken that the search knew by the next state's name.
 */
export function scheduleTo(
  finding: Pick<Finding, "state" | "transition" | "property">,
  search: Search,
): number[] {
  const { store, compiled } = search;
  const ids: number[] = [];
  for (let at = finding.state; at > 0; at = store.parents[at] ?? 0) ids.push(at);
  if (!merges(compiled.reductions)) {
    const plain = ids.reverse().map((id) => store.transitions[id] ?? 0);
    return finding.transition === null ? plain : [...plain, finding.transition];
  }
  const walk = new Walk(search);
  for (const id of ids.reverse()) walk.to(id);
  const { transition } = finding;
  if (
    transition === null ||
    (finding.state === 0 && walk.failedAtOnce(transition, finding.property))
  )
    return walk.schedule;
  walk.until(transition, finding.property);
  return walk.schedule;
}

/** A step that can come next, with the unseen steps that follow it, and where they lead. */
interface Successor {
  readonly transition: number;
  readonly unseen: readonly number[];
  readonly state: State;
}

/** The state of the scenario itself on the way, and the steps so far. */
class Walk {
  readonly schedule: number[] = [];
  private readonly row: Int32Array;
  private readonly engine: Engine;
  private state: State;

  constructor(private readonly search: Search) {
    const { model, stride } = search.compiled;
    this.row = new Int32Array(stride);
    this.engine = search.engine();
    const { state, unseen } = this.through(initialState(model), -1);
    this.state = state;
    this.schedule.push(...unseen);
  }

  /** Goes on to the state of this number, up to renaming. */
  to(id: number): void {
    const { store, compiled } = this.search;
    const { words } = compiled.packing;
    const wanted = store.words.subarray(id * words, (id + 1) * words);
    for (const { transition, state, unseen } of this.successors()) {
      if (!this.areAlike(state, wanted)) continue;
      this.state = state;
      this.schedule.push(transition, ...unseen);
      return;
    }
    throw new Error(`the way to state ${id} was lost; please report this scenario`);
  }

  /** Whether the check failed in the unseen steps before the first stored state; then the way ends there. */
  failedAtOnce(transition: number, property: string): boolean {
    const initial = initialState(this.search.compiled.model);
    const failing = this.failing(initial, this.schedule, transition, property);
    if (failing === null) return false;
    this.schedule.splice(0, this.schedule.length, ...failing);
    return true;
  }

  /** Goes on to a step that fails a check, which may be an unseen one. */
  until(transition: number, property: string): void {
    for (const { transition: first, unseen } of this.successors()) {
      const failing = this.failing(this.state, [first, ...unseen], transition, property);
      if (failing === null) continue;
      this.schedule.push(...failing);
      return;
    }
    throw new Error("the way to a failed check was lost; please report this scenario");
  }

  /** The steps up to the one that fails the check, or null. */
  private failing(
    from: State,
    steps: readonly number[],
    transition: number,
    property: string,
  ): readonly number[] | null {
    const { model } = this.search.compiled;
    let state = from;
    for (const [at, id] of steps.entries()) {
      const taken = model.transitions[id];
      if (taken === undefined) return null;
      const { state: next, violations } = takeStep(model, state, taken);
      const fails = violations.some(({ kind }) => kind === property);
      if (fails && this.isLike(id, transition)) return steps.slice(0, at + 1);
      state = next;
    }
    return null;
  }

  /** Whether a state is another up to renaming. */
  private areAlike(values: State, other: Int32Array): boolean {
    const { model, packing, symmetry } = this.search.compiled;
    return symmetry.renamings.some((by) => {
      const renamed = [...values];
      for (const [at, slot] of model.slots.entries()) {
        renamed[by.slots[at] ?? at] = renamedValue(slot, values[at] ?? 0, by);
      }
      return pack(packing, renamed).every((word, at) => word === other[at]);
    });
  }

  /** Whether a transition is that one, up to renaming. */
  private isLike(id: number, wanted: number): boolean {
    const { transitions } = this.search.compiled.model;
    const [a, b] = [transitions[id], transitions[wanted]];
    return a !== undefined && a.label === b?.label && a.from === b.from;
  }

  /** Where each step that can come next leads, with the unseen steps that follow it. */
  private successors(): readonly Successor[] {
    const { model } = this.search.compiled;
    return enabled(model, this.state).map((t) =>
      this.through(takeStep(model, this.state, t).state, t.id),
    );
  }

  private through(from: State, transition: number): Successor {
    const { packing } = this.search.compiled;
    const { row, engine } = this;
    row.fill(0).set(pack(packing, from));
    row[packing.words] = transition;
    engine.log.fill(0, 0, 1);
    engine.runOne(row, 0);
    const [steps = 0] = engine.log;
    const unseen = [...engine.log.subarray(1, 1 + steps)];
    return { transition, state: unpack(packing, row), unseen };
  }
}
