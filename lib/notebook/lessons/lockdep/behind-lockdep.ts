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
import { lockdepWatches } from "../runs/lockdep-watches.js";
import { shownToLockdep } from "../runs/shown-to-lockdep.js";
import { waitsForLock } from "../runs/waits-for-lock.js";
import { alone, atOnce } from "./two-functions.js";

const ended = "one_ended && other_ended";

/** The two functions of the answer, and a condition that is true once both have ended. */
const ends = c`
static bool one_ended, other_ended;

static void one_ends(void)
{
	one();
	one_ended = true;
	BUG_ON(${ended});
}

static void other_ends(void)
{
	other();
	other_ended = true;
	BUG_ON(${ended});
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
    // An assertion of the reader's own says nothing about that.
    return (
      explore(scenario, { properties: ["assert"] }).violations.assert?.message.includes(ended) ===
      true
    );
  };
  return exercise<string>("Behind lockdep's back", {
    expect: [
      holds("each takes a lock", takeLocks, "one of them takes none"),
      holds("both can end", canEnd, "they never both end, whatever the order"),
      on("two threads", both, lockdepIsSilent()),
      on("two threads", both, explorerFinds("deadlock")),
      holds(
        "lockdep watches all the while",
        (mine) => lockdepWatches(both(mine)),
        "it is switched off, or a lock is kept from it",
      ),
      holds(
        "somebody waits for a lock forever",
        (mine) => waitsForLock(explore(both(mine), { properties: ["deadlock"] })),
        "nobody waits for a lock",
      ),
    ],
    hints: ["What can one wait for that is no lock?", "Which instance is /1?"],
    untested: ["whether a person who reads the code would notice"],
  });
}
