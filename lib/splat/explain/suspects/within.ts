/** Whether what lockdep lists as held is a lock. */
import type { HeldMention } from "../../report/index.js";
import { plainName, works } from "../../stacks/functions.js";
import { isWaitName } from "./find.js";

/** Whether a task does not hold this but runs within it, as a worker its item. */
export const isWithin = ({ name, at }: Pick<HeldMention, "name" | "at">): boolean =>
  isWaitName(name) || works.test(plainName(at?.symbol ?? ""));
