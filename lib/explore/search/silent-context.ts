/** What generated functions need to be asked again about states that a search has seen. */
import { checkKinds } from "../codegen/expressions/effects.js";
import { SearchContext } from "../codegen/layout/search-context.js";
import type { Search } from "./traversal.js";

/** Returns a context of its own, with what the search has learnt, that tells of no failed check. */
export function silentContext({ compiled, assumptions }: Search): SearchContext {
  const reported = new Int32Array(compiled.model.transitions.length * checkKinds.length).fill(1);
  return new SearchContext(assumptions, reported, () => undefined);
}
