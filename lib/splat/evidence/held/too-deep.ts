/** Whether one task holds too many locks. */
import type { PlainSplat } from "../../report/index.js";

/** True where a task held more than MAX_LOCK_DEPTH locks at once: then no table is full. */
export const isTooDeep = ({ headline }: Pick<PlainSplat, "headline">): boolean =>
  headline.includes("MAX_LOCK_DEPTH");
