/** From a state that a search found back to a schedule of the scenario itself, invisible steps included. */
import { type State, initialState, takeStep } from "../../machine/index.js";
import type { SearchContext } from "../codegen/layout/search-context.js";
import { pack } from "../codegen/layout/packing.js";
import { renamedSteps } from "../analysis/renamed-steps.js";
import { merges } from "../result/reductions.js";
import type { Finding, Search } from "../search/search.js";
import { silentContext } from "../search/silent-context.js";
import { composed, inverse } from "../analysis/symmetry.js";

/**
 * Returns the transitions that lead to a finding, by `Transition.id`.
 *
 * A reduced search knows states up to renaming, and runs through invisible steps; so the way is walked
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

/** A successor of a stored state: the steps to it, by the names of that state, and how it was renamed. */
interface Successor {
  readonly steps: readonly number[];
  readonly words: Int32Array;
  readonly renaming: number;
}

/** The way through the stored states, gone again as the search went it. */
class Walk {
  readonly schedule: number[] = [];
  private readonly context: SearchContext;
  private readonly batch: Int32Array;
  private state: State;
  /** The number of the stored state, and the renaming that makes it of the state on the way. */
  private at = 0;
  private names = 0;
  private readonly renamed = new Map<number, readonly number[]>();

  constructor(private readonly search: Search) {
    const { model, record, packing, maxSuccessors } = search.compiled;
    this.context = silentContext(search);
    this.batch = new Int32Array((maxSuccessors + 1) * record.stride);
    this.state = initialState(model);
    this.batch.set(pack(packing, this.state));
    this.batch.set([-1, 0], record.transition);
    this.take(this.finished(0));
  }

  /** Goes on to the state of this number. */
  to(id: number): void {
    const { store, compiled } = this.search;
    const { words } = compiled.packing;
    const wanted = store.words.subarray(id * words, (id + 1) * words);
    const found = this.successors().find(({ words: of }) => of.every((w, at) => w === wanted[at]));
    if (found === undefined) {
      throw new Error(`the way to state ${id} was lost; please report this scenario`);
    }
    this.take(found);
    this.at = id;
  }

  /** Whether the check failed in the invisible steps before the first stored state; then the way ends there. */
  failedAtOnce(transition: number, property: string): boolean {
    const initial = initialState(this.search.compiled.model);
    const failing = this.failing(initial, this.schedule, transition, property);
    if (failing === null) return false;
    this.schedule.splice(0, this.schedule.length, ...failing);
    return true;
  }

  /** Goes on to a step that fails a check, which may be an invisible one. */
  until(transition: number, property: string): void {
    for (const { steps } of this.successors()) {
      const failing = this.failing(this.state, this.onTheWay(steps), transition, property);
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

  /** Whether a transition is that one, up to renaming. */
  private isLike(id: number, wanted: number): boolean {
    const { transitions } = this.search.compiled.model;
    const [a, b] = [transitions[id], transitions[wanted]];
    return a !== undefined && a.label === b?.label && a.from === b.from;
  }

  private successors(): readonly Successor[] {
    const { store, compiled, engine } = this.search;
    const { packing, record } = compiled;
    const from = this.at * packing.words;
    const end = engine.expand(store.words, from, this.at, this.batch, 0, this.context);
    return Array.from({ length: end / record.stride }, (_, at) =>
      this.finished(at * record.stride),
    );
  }

  /** A successor in the batch, run through its invisible steps and renamed. */
  private finished(b: number): Successor {
    const { record, symmetry } = this.search.compiled;
    const row = this.batch.slice(b, b + record.stride);
    const at = (offset: number | undefined): number =>
      offset === undefined ? 0 : (row[offset] ?? 0);
    const first = at(record.transition);
    const frame = at(record.merged?.frame);
    const { log } = this.context;
    log[0] = 0;
    this.search.engine.finish(row, 0, record.stride, this.context);
    // What was run through was run through in the frame in which the first step was found.
    const back = this.renamedBy(symmetry.swaps[frame - 1]?.renaming ?? 0);
    const [count = 0] = log;
    const invisible = [...log.subarray(1, 1 + count)].map((id) => back[id] ?? id);
    const steps = first < 0 ? invisible : [first, ...invisible];
    return { steps, words: row.subarray(0, record.words), renaming: at(record.merged?.renaming) };
  }

  private take({ steps, renaming }: Successor): void {
    const { model, symmetry } = this.search.compiled;
    const taken = this.onTheWay(steps);
    for (const id of taken) {
      const transition = model.transitions[id];
      if (transition !== undefined) this.state = takeStep(model, this.state, transition).state;
    }
    this.schedule.push(...taken);
    this.names = composed(symmetry, this.names, renaming);
  }

  /** Steps of the stored state as steps of the state on the way. */
  private onTheWay(steps: readonly number[]): number[] {
    const back = this.renamedBy(inverse(this.search.compiled.symmetry, this.names));
    return steps.map((id) => back[id] ?? id);
  }

  private renamedBy(renaming: number): readonly number[] {
    const { model, symmetry } = this.search.compiled;
    const by = symmetry.renamings[renaming];
    const known = this.renamed.get(renaming);
    const steps = known ?? (by === undefined ? [] : renamedSteps(model, by));
    this.renamed.set(renaming, steps);
    return steps;
  }
}
