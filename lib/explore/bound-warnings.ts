/** Bounds within which a kind of violation cannot show, so that its absence proves nothing. */
import { type Property, type Result, properties as allProperties } from "./result.js";

/** How many members of a set a kind of violation takes at least, so that fewer prove nothing. */
const needed: readonly { property: Property; set: string; least: number; why: string }[] = [
  {
    property: "deadlock",
    set: "cpu",
    least: 2,
    why: "two CPUs are the least that can wait for each other",
  },
  { property: "corruption", set: "cpu", least: 2, why: "one CPU alone cannot be two at once" },
];

/**
 * Returns warnings where a property was not violated but the bound was too small for its kind.
 *
 * @param asked the properties that were looked for
 * @example
 * explore(irqOnHeldLock({ fixed: true })).warnings.length // 2: of deadlock and of corruption
 */
export function boundWarnings(
  { scenario, violations, complete }: Pick<Result, "scenario" | "violations" | "complete">,
  asked: readonly Property[] = allProperties,
): string[] {
  if (!complete) return [];
  return needed.flatMap(({ property, set, least, why }) => {
    const size = scenario.sizes[set];
    if (size === undefined || size >= least) return [];
    if (violations[property] !== undefined || !asked.includes(property)) return [];
    return [`no ${property} with ${size} ${set}: ${why}; try ${least}`];
  });
}
