/** Where a search could not rename all that is interchangeable: it is said, and never only left out. */
import { type Symmetry, mostRenamings } from "./symmetry.js";
import type { Reductions } from "../result/reductions.js";

/** Returns the reductions that a search really had: of sets, those whose members it renamed. */
export function reductionsUsed(
  reductions: Reductions,
  { sets, leftOut }: Pick<Symmetry, "sets" | "leftOut">,
): Reductions {
  if (leftOut.length === 0) return reductions;
  const symmetry = sets.length === 0 ? false : sets.map(({ name }) => name);
  return { ...reductions, symmetry };
}

/** Returns a warning for each set of which some members kept their names, since there are too many orders of them. */
export function symmetryWarnings({ leftOut }: Pick<Symmetry, "leftOut">): readonly string[] {
  return leftOut.map(
    ({ name, size, members }) =>
      `the ${String(members)} of ${name} are interchangeable, and ` +
      (size > 1
        ? `only ${String(size)} of them were given new names: with all `
        : "each was given its own states: with them ") +
      `there would be more than ${String(mostRenamings)} renamings; fewer of ${name} are searched much sooner`,
  );
}
