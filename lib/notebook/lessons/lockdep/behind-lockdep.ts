import { explore } from "../../../explore/index.js";
import { c, type KernelC } from "../../../kernel-c/index.js";
import {
  exercise,
  explorerFinds,
  holds,
  lockdepIsSilent,
  on,
  type Exercise,
} from "../../exercise/index.js";
import { shownToLockdep } from "../runs/shown-to-lockdep.js";
import { alone, atOnce } from "./two-functions.js";

/** The two functions of the answer, and a condition that is true once both have ended. */
const ends = c`
static bool one_ended, other_ended;

static void one_ends(void)
{
	one();
	one_ended = true;
	BUG_ON(one_ended && other_ended);
}

static void other_ends(void)
{
	other();
	other_ended = true;
	BUG_ON(one_ended && other_ended);
}
`;

/** Returns the exercise to write two functions that can hang at a lock while lockdep is silent. */
export function behindLockdep(kernelC: KernelC): Exercise<string> {
  const both = (mine: string) => atOnce(kernelC, mine, "one", "other");
  const takeLocks = (mine: string): boolean =>
    ["one", "other"].every(
      (call) => shownToLockdep([alone(kernelC, mine, call)]).graph().classes.length > 0,
    );
  const canEnd = (mine: string): boolean => {
    const scenario = atOnce(kernelC, mine + ends, "one_ends", "other_ends");
    return explore(scenario, { properties: ["assert"] }).verdict === "assert";
  };
  const waitsForLock = (mine: string): boolean =>
    explore(both(mine)).violations.deadlock?.message.includes("_lock(") === true;
  return exercise<string>("Behind lockdep's back", {
    expect: [
      holds("each takes a lock", takeLocks, "one of them takes none"),
      holds("both can end", canEnd, "they never both end, whatever the order"),
      on("two threads", both, lockdepIsSilent()),
      on("two threads", both, explorerFinds("deadlock")),
      holds("somebody waits for a lock forever", waitsForLock, "nobody waits for a lock"),
    ],
    hints: ["What can one wait for that is no lock?", "Which instance is /1?"],
    untested: ["whether a person who reads the code would notice"],
  });
}
