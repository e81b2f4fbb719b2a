/** Whether what lockdep lists as held is a lock. */
import type { HeldMention } from "../../report/index.js";
import { plainName, works } from "../../stacks/functions.js";
import { isWaitName } from "./find.js";

/** Whether a task does not hold this but runs within it, as a worker its item. */
export const isWithin = ({
  name,
  at,
  inlinedIn,
}: Pick<HeldMention, "name" | "at" | "inlinedIn">): boolean =>
  isWaitName(name) || [at, ...inlinedIn].some((site) => runs(plainName(site?.symbol ?? "")));

const runs = (name: string): boolean => works.test(name) || name === "call_timer_fn";
