/** The states in which nothing but devices can move: what every reduction must leave as it is. */
import type { State } from "../../lib/machine/index.js";
import { unpack } from "../../lib/explore/codegen/layout/packing.js";
import type { Search } from "../../lib/explore/search/search.js";
import { silentContext } from "../../lib/explore/search/silent-context.js";
import { renamedValue, symmetryOf } from "../../lib/explore/analysis/symmetry.js";

/**
 * Returns the terminal states of a search as sorted texts, each under that of its names that sorts first:
 * equal for searches of one model with whatever reductions.
 */
export function terminals(search: Search): string[] {
  const { compiled, store } = search;
  const { model, packing, maxSuccessors, record } = compiled;
  const { renamings } = symmetryOf(model);
  const context = silentContext(search);
  const batch = new Int32Array((maxSuccessors + 1) * record.stride);
  const found = new Set<string>();
  for (let id = 0; id < store.count; id++) {
    const at = id * packing.words;
    search.engine.expand(store.words, at, id, batch, 0, context);
    if (context.quiet[0] === 0) continue;
    const state = unpack(packing, store.words, at);
    const names = renamings.map((by) => {
      const renamed: number[] = [];
      for (const [slot, described] of model.slots.entries()) {
        renamed[by.slots[slot] ?? slot] = renamedValue(described, state[slot] ?? 0, by);
      }
      return text(renamed);
    });
    found.add(names.sort()[0] ?? text(state));
  }
  return [...found].sort();
}

const text = (state: State): string => state.join();
