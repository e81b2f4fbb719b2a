import { translate, type Scenario } from "../../../machine/index.js";

/** Returns whether lockdep watches every lock all the while: nothing switches it off, and no lock is kept from it. */
export function lockdepWatches(scenario: Scenario): boolean {
  return translate(scenario).transitions.every(({ facts }) =>
    facts.every(
      ({ fact }) =>
        fact.kind !== "lockdep" &&
        (fact.kind !== "acquire" || (fact.check && fact.lock.lock.validate)),
    ),
  );
}
