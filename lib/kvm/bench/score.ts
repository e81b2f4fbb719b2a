/** A fix's row of the scorecard. */
import type { Result } from "../../explore/index.js";
import type { Report } from "../../lockdep/index.js";
import type { BugName } from "./bug.js";
import type { Fate } from "./fate.js";
import type { FixVerdict } from "./judge.js";

/** One row of a scorecard: a fix under every judgement. */
export interface FixScore {
  readonly name: string;
  /** Lockdep's first complaint about the code without a bug, or null. */
  readonly lockdep: Report["kind"] | null;
  /** The explorer's verdict about it. */
  readonly explorer: Result["verdict"];
  readonly bugs: readonly { readonly bug: BugName; readonly fate: Fate["kind"] }[];
}

/**
 * Returns a fix's row of a scorecard.
 *
 * @example
 * const out1 = judge(await loadKernelC(), { fix: "out1" }, { bugs: ["m2"] });
 * scoreOf("out1", out1).bugs // [{ bug: "m2", fate: "hidden" }]
 */
export function scoreOf(name: string, { lockdep, result, bugs }: FixVerdict): FixScore {
  return {
    name,
    lockdep: lockdep.report?.kind ?? null,
    explorer: result.verdict,
    bugs: bugs.map(({ bug, fate }) => ({ bug, fate: fate.kind })),
  };
}
