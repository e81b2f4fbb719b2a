import type { KernelC } from "../../../kernel-c/index.js";
import { kernelOrders, kvmFiles, lockdepInC } from "../../../kvm/index.js";
import { predict, type Prediction } from "../../exercise/index.js";

/** Returns the question in how many orders of first runs lockdep says anything about m1 where an assertion is meant to. */
export function assertionInOrders(kernelC: KernelC): Prediction<number> {
  const files = kvmFiles({ fix: "assert-not-held", mutant: "m1" });
  const saysSomething = (order: (typeof kernelOrders)[number]): boolean => {
    const { kind, warnings } = lockdepInC(kernelC, files, order);
    return kind !== null || warnings.length > 0;
  };
  return predict<number>("In how many orders does lockdep say anything?", {
    actual: () => kernelOrders.filter(saysSomething).length,
    because: () => "what m1 takes, it takes later: at the assertion it is not held",
    choices: [0, 1, 2, 3],
  });
}
