/** The code of what is done to states that were found: one unit, the same whatever is known of guards. */
import type { Target } from "../layout/target.js";
import { type Unit, unitOf } from "../text/pass.js";
import { endsPass } from "./ends.js";
import { insertPass } from "./insert.js";
import { movePlan } from "./move-plan.js";
import { noteMovesPasses } from "./note-moves.js";
import { seenNames } from "./seen-functions.js";
import { settleMovesPasses } from "./settle-moves.js";

/** Returns the unit of the `SeenFunctions` of a model. */
export function seenUnit(target: Target): Unit {
  const plan = movePlan(target);
  return unitOf(
    [
      insertPass(target.record),
      endsPass(target, plan),
      ...noteMovesPasses(target, plan),
      ...settleMovesPasses(target, plan),
    ],
    seenNames,
  );
}
