/** Waits that a signal ends, where nobody sends one: what is done then was never tried. */
import type { Model } from "../../machine/index.js";

/** So many steps are named. */
const mostNamed = 3;

/** Returns a warning that names the steps which only a signal leads to; none where somebody sends one. */
export function signalWarnings({
  unsent,
  scenario,
}: Pick<Model, "unsent" | "scenario">): readonly string[] {
  if (unsent.length === 0) return [];
  const named = unsent.slice(0, mostNamed).join(", ");
  const more = unsent.length > mostNamed ? ` and ${String(unsent.length - mostNamed)} more` : "";
  const how =
    scenario.sources === undefined
      ? "signals() among the processes lets"
      : "a comment /* lab: signals */ lets";
  return [
    `nobody sends a signal, so that what is done in case of one was not tried (${named}${more}): ` +
      `${how} anybody send one at any moment`,
  ];
}
