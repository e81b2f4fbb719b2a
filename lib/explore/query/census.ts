/** Every state of a scenario looked at: how many are of a kind, and the shortest way to one. */
import { type Model, type Scenario, type State, translate } from "../../machine/index.js";
import { Budget } from "../search/budget.js";
import { unpack } from "../codegen/layout/packing.js";
import { scheduleTo } from "../counterexample/reconstruct.js";
import type { ExploreOptions } from "../result/result.js";
import { search } from "../search/search.js";

/** The states of one kind. */
export interface Counted {
  readonly kind: string;
  readonly states: number;
  /** Returns a shortest schedule to one of them, by `Transition.id`. */
  readonly schedule: () => readonly number[];
}

/** What a census found, with its bounds. */
export interface Census {
  /** The kinds seen at all, nearest first. */
  readonly counted: readonly Counted[];
  /** States up to renaming of CPUs and of other things that only have numbers. */
  readonly states: number;
  /** False if the search was cut short: then the counts are only a beginning. */
  readonly complete: boolean;
}

/**
 * Returns how many states of a scenario are of which kinds. No steps are merged; states that differ only
 * in the numbers of things count once.
 *
 * @param kindsOf what is to be seen in a state; it must not depend on those numbers
 */
export function census(
  scenario: Scenario,
  kindsOf: (model: Model, state: State) => Iterable<string>,
  options: ExploreOptions = {},
): Census {
  const model = translate(scenario);
  const done = search(model, { local: false, symmetry: true }, new Budget(options), options);
  const { store, compiled, cutShort } = done;
  const found = new Map<string, { readonly first: number; states: number }>();
  for (let state = 0; state < store.count; state++) {
    const at = state * compiled.packing.words;
    for (const kind of kindsOf(model, unpack(compiled.packing, store.words, at))) {
      const known = found.get(kind);
      if (known === undefined) found.set(kind, { first: state, states: 1 });
      else known.states++;
    }
  }
  const counted = [...found].map(([kind, { first, states }]): Counted => {
    const finding = { property: "invariant", state: first, transition: null } as const;
    return { kind, states, schedule: () => scheduleTo(finding, done) };
  });
  return { counted, states: store.count, complete: cutShort === null };
}
