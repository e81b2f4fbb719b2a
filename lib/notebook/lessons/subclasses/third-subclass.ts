import type { KernelC } from "../../../kernel-c/index.js";
import type { Annotation } from "../../../kvm/index.js";
import { predict, type Prediction } from "../../exercise/index.js";
import { hides, realBugs } from "./hidden-bugs.js";

/** Returns the question how many of the real bugs three different subclasses hide. */
export function thirdSubclass(kernelC: KernelC): Prediction<number> {
  const apart: Annotation = { handler: [0], schedOut: [1], schedIn: [2] };
  const hidden = () => realBugs.filter((bug) => hides(kernelC, apart, bug));
  return predict<number>("How many of the five does it hide?", {
    actual: () => hidden().length,
    because: () => `hidden: ${hidden().join(", ")}`,
    choices: [0, 1, 2, 3, 4, 5],
  });
}
