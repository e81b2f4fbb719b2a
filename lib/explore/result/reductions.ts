/** What a search may leave out; each part can be switched off, and the verdict stays the same. */
import type { Model } from "../../machine/index.js";

/** Which reductions the code of a search has built in; without any, the graph is the scenario's own. */
export interface Reductions {
  /**
   * Run through steps that nobody else can see or disturb, since only their process, or their CPU with its
   * IRQs off, touches what they touch.
   */
  readonly local: boolean;
  /**
   * Run through steps on what a lock guards, too, while it is held: a partial-order reduction, part of
   * `local`. True if left out.
   */
  readonly partialOrder?: boolean;
  /** Keep one state for all renamings of interchangeable CPUs and tasks; or of these sets alone. */
  readonly symmetry: boolean | readonly string[];
}

/** No reductions: the graph of the scenario itself. */
export const unreduced: Reductions = { local: false, symmetry: false };

/** Whether states stand for others. */
export const merges = ({ local, symmetry }: Reductions): boolean =>
  local || (typeof symmetry === "boolean" ? symmetry : symmetry.length > 0);

/** Whether the members of a set may change names. */
export const renames = ({ symmetry }: Reductions, set: string): boolean =>
  typeof symmetry === "boolean" ? symmetry : symmetry.includes(set);

const parts: readonly string[] = ["local", "partialOrder", "symmetry"];

/**
 * Returns all reductions, or those that were asked for.
 *
 * @throws TypeError if there is no such reduction, or no set of that name
 */
export function chosen(asked: Partial<Reductions> | undefined, { scenario }: Model): Reductions {
  for (const name of Object.keys(asked ?? {})) {
    if (parts.includes(name)) continue;
    throw new TypeError(`no reduction is called "${name}"; there are ${parts.join(", ")}`);
  }
  const reductions: Reductions = { local: true, symmetry: true, ...asked };
  const sets = Object.keys(scenario.sizes);
  for (const set of typeof reductions.symmetry === "boolean" ? [] : reductions.symmetry) {
    if (sets.includes(set)) continue;
    const known = sets.length === 0 ? "it has none" : `there are ${sets.join(", ")}`;
    throw new TypeError(`"${scenario.name}" has no set called "${set}"; ${known}`);
  }
  return reductions;
}
