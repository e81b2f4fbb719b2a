import type { KernelC } from "../../../kernel-c/index.js";
import { lockdepVerdict, pathsOnce } from "../../../kvm/index.js";
import { predict, type Prediction } from "../../exercise/index.js";

/** What the classes are called in the question. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ["&p->pi_lock", "pi"],
  ["&rq->__lock", "rq"],
  ["&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)", "wakeup"],
]);

/** Returns the question which lock is being taken in the report of a kernel that has woken nobody at boot. */
export function withoutBoot(kernelC: KernelC): Prediction<string> {
  const paths = pathsOnce(kernelC);
  const report = () => lockdepVerdict(paths, ["o", "w", "i"], []).report;
  return predict<string>("Which lock is being taken when lockdep reports?", {
    actual: () => {
      const said = report();
      if (said?.kind !== "circular") return "none";
      return shortNames.get(said.acquiring.class.name) ?? said.acquiring.class.name;
    },
    because: () => `in ${report()?.stack[0] ?? "no function"}(): the handler draws two arrows`,
    choices: ["pi", "rq", "wakeup", "none"],
  });
}
