/**
 * Counterexamples that go on where a value was lost: it was out of the bounds of its variable, or of its array.
 * What comes after that need not be true of the program, so the bounds are to be mended first.
 */
import { type Model, replay } from "../../machine/index.js";
import { type Property, type Violations, properties } from "../result/result.js";

/** Returns the property that a verdict names: the first, or misuse before one that only shows after a value was lost. */
export function firstOf(model: Model, violations: Readonly<Violations>): Property | undefined {
  const first = properties.find((property) => violations[property] !== undefined);
  if (first === undefined || violations.misuse === undefined) return first;
  return lostBefore(model, first, violations) === null ? first : "misuse";
}

/** Returns a warning for each property whose counterexample goes on where a value was lost. */
export function outOfBoundsWarnings(
  model: Model,
  violations: Readonly<Violations>,
): readonly string[] {
  return properties.flatMap((property) => {
    const lost = lostBefore(model, property, violations);
    if (lost === null) return [];
    return [`the ${property} comes after ${lost}: mend that first, it may be all that is wrong`];
  });
}

/** Returns what was lost on the way to a violation, or null. */
function lostBefore(
  model: Model,
  property: Property,
  violations: Readonly<Violations>,
): string | null {
  const found = violations[property];
  if (found === undefined || property === "misuse") return null;
  const lost = replay(model, found.schedule)
    .steps.flatMap((step) => step.violations)
    .find(({ outOfBounds }) => outOfBounds === true);
  return lost?.message ?? null;
}
