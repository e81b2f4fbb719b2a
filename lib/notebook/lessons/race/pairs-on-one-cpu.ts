import type { KernelC } from "../../../kernel-c/index.js";
import { races } from "../../../kvm/index.js";
import { predict, type Prediction } from "../../exercise/index.js";

/** Returns the question how many pairs of paths can meet at a wakeup lock on one CPU. */
export function pairsOnOneCpu(kernelC: KernelC): Prediction<number> {
  const alone = () => races(kernelC, { cpus: 1, vcpus: 2 });
  return predict<number>("How many pairs meet on one CPU?", {
    actual: () => alone().entries.filter(({ meeting }) => meeting > 0).length,
    because: () => `of ${String(alone().entries.length)} pairs, in ${alone().bounds}`,
  });
}
