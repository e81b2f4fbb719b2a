import { c, type KernelC } from "../../../kernel-c/index.js";
import {
  exercise,
  lockdepIsSilent,
  lockdepReports,
  on,
  type Exercise,
} from "../../exercise/index.js";
import { alone, atOnce } from "./two-functions.js";

/** The two orders; what `parent` and `child` are is the reader's. */
const downAndUp = c`
static void down(void)
{
	raw_spin_lock(&parent.lock);
	raw_spin_lock(&child.lock);
	raw_spin_unlock(&child.lock);
	raw_spin_unlock(&parent.lock);
}

static void up(void)
{
	raw_spin_lock(&child.lock);
	raw_spin_lock(&parent.lock);
	raw_spin_unlock(&parent.lock);
	raw_spin_unlock(&child.lock);
}
`;

/** Returns the exercise to declare a parent and a child so that lockdep tells their orders apart. */
export function classOfItsOwn(kernelC: KernelC): Exercise<string> {
  const down = (mine: string) => alone(kernelC, mine + downAndUp, "down");
  const both = (mine: string) => atOnce(kernelC, mine + downAndUp, "down", "up");
  return exercise<string>("A class of its own", {
    expect: [
      on("parent, then child", down, lockdepIsSilent()),
      on("and child, then parent, too", both, lockdepReports("circular")),
    ],
    hints: ["What makes two locks one class?", "Each member of each struct is a class."],
    untested: ["trees deeper than two", "two children at once"],
  });
}
