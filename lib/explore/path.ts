/** From a state that a search found back to a schedule of the scenario itself, unseen steps included. */
import { type State, initialState, takeStep } from "../machine/index.js";
import { pack, unpack } from "./packing.js";
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
  const { reductions } = compiled;
  if (!reductions.local && !reductions.symmetry) {
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

class Walk {
  readonly schedule: number[] = [];
  private readonly words: number;
  private readonly stride: number;
  private readonly real: Int32Array;
  private readonly batch: Int32Array;
  private readonly one: Int32Array;
  private readonly engine;

  constructor(private readonly search: Search) {
    const { compiled } = search;
    const { model, packing, stride, maxSuccessors } = compiled;
    this.words = packing.words;
    this.stride = stride;
    this.engine = search.engine;
    this.real = Int32Array.from(pack(packing, initialState(model)));
    this.batch = new Int32Array((maxSuccessors + 1) * stride);
    this.one = new Int32Array(stride);
    this.one.set(this.real);
    this.one[this.words] = -1;
    this.runOne();
    this.real.set(this.one.subarray(0, this.words));
    this.schedule.push(...this.logged());
  }

  /** Goes on to the state of this number, up to renaming. */
  to(id: number): void {
    const { store } = this.search;
    const wanted = store.words.subarray(id * this.words, (id + 1) * this.words);
    for (let b = 0, end = this.expand(); b < end; b += this.stride) {
      const transition = this.begin(b);
      const unseen = this.logged();
      const arrived = this.one.slice(0, this.words);
      if (!this.areAlike(arrived, wanted)) continue;
      this.real.set(arrived);
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
    const { packing } = this.search.compiled;
    for (let b = 0, end = this.expand(); b < end; b += this.stride) {
      const all = [this.begin(b), ...this.logged()];
      const failing = this.failing(unpack(packing, this.real), all, transition, property);
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
  private areAlike(state: Int32Array, other: Int32Array): boolean {
    const { model, packing, symmetry, reductions } = this.search.compiled;
    const renamings = reductions.symmetry ? symmetry.renamings : symmetry.renamings.slice(0, 1);
    const values = unpack(packing, state);
    return renamings.some((by) => {
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

  private expand(): number {
    return this.engine.expand(this.real, 0, 0, this.batch, 0, new Int32Array(1));
  }

  /** Takes a successor with its unseen steps; returns its transition. */
  private begin(b: number): number {
    this.one.set(this.batch.subarray(b, b + this.stride));
    this.runOne();
    return this.batch[b + this.words] ?? 0;
  }

  private runOne(): void {
    this.engine.log[0] = 0;
    this.engine.runOne(this.one, 0);
  }

  private logged(): number[] {
    return [...this.engine.log.subarray(1, 1 + (this.engine.log[0] ?? 0))];
  }
}
