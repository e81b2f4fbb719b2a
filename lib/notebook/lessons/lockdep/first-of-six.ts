import { c, type KernelC } from "../../../kernel-c/index.js";
import { predict, type Prediction } from "../../exercise/index.js";
import { saidOfRuns } from "../runs/shown-to-lockdep.js";
import { alone } from "./two-functions.js";

/** The locks of each path, in the order in which it takes them. */
const order = ["ab", "cd", "bc", "ad", "db", "ea"];

/** Returns the question which of six paths, run one after the other, lockdep reports. */
export function firstOfSix(kernelC: KernelC): Prediction<number> {
  const text = [
    ...["a", "b", "c", "d", "e"].map((name) => c`static DEFINE_RAW_SPINLOCK(${name});`),
    ...order.map(([outer = "", inner = ""], at) => pathOf(at, outer, inner)),
  ].join("\n");
  const runs = order.map((_, at) => alone(kernelC, text, `path${String(at)}`));
  return predict<number>("Which of the six paths is reported?", {
    actual: () => 1 + runs.findIndex((_, at) => saidOfRuns(runs.slice(0, at + 1)) !== "silent"),
    because: () => "the lock it takes leads, by known edges, to the one it holds",
    choices: runs.map((_, at) => at + 1),
  });
}

const pathOf = (at: number, outer: string, inner: string): string => c`
static void path${at}(void)
{
	raw_spin_lock(&${outer});
	raw_spin_lock(&${inner});
	raw_spin_unlock(&${inner});
	raw_spin_unlock(&${outer});
}`;
