/** `lab explore --smallest`: the fewest CPUs, vCPUs and further paths at which the case goes wrong. */
import { counted } from "../../primitives/counted.js";
import { type KvmBound, explorerVerdict, furtherPaths, smallestKvm } from "../../kvm/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import type { Tried } from "../../explore/index.js";
import { type CaseOptions, kvmCodeNames } from "../case/cases.js";
import { type Limits, limitsIn, inOptions } from "../frame/limit-options.js";

interface Options extends CaseOptions, Limits {
  readonly json?: true;
}

/**
 * Returns what to print. Further paths that are named as changes are the ones to try; with none
 * named, each of them, alone and together.
 */
export function smallestText(kernelC: KernelC, options: Options): string {
  const { cpus = 2, vcpus = 2 } = options;
  const { changes: wanted = [], ...names } = kvmCodeNames(options);
  const isFurther = (name: string): boolean => furtherPaths.some((path) => path === name);
  const paths = wanted.filter(isFurther);
  const code = {
    ...names,
    changes: wanted.filter((name) => !isFurther(name)),
  };
  const { found, tried, complete } = smallestKvm(
    kernelC,
    code,
    { cpus, vcpus, ...(paths.length === 0 ? {} : { paths }) },
    {
      ...limitsIn(options),
      onBound: (bound) => process.stderr.write(`trying ${printBound(bound)}\n`),
    },
  );
  if (options.json === true) {
    const answer = { found: found === null ? null : row(found), complete, tried: tried.map(row) };
    return `${JSON.stringify(answer)}\n`;
  }
  const cut = tried.filter((one) => !one.result.complete && one !== found);
  return [
    found === null
      ? `Nothing goes wrong in ${complete ? "" : "what was seen of "}${counted(tried.length, "bound")}, up to ${counted(cpus, "CPU")} and ${counted(vcpus, "vCPU")}; --cpus and --vcpus raise the limit.`
      : `Goes wrong first with ${printBound(found.size)}: ${inOptions(found.result.summary)}`,
    complete
      ? `${found === null ? "Each of them" : "Every smaller bound"} was explored to the end.`
      : `Not explored to the end: ${cut.map(({ size }) => printBound(size)).join("; ")}.`,
    "",
  ].join("\n");
}

function printBound({ cpus, vcpus, paths }: KvmBound): string {
  return [counted(cpus, "CPU"), counted(vcpus, "vCPU"), ...paths].join(", ");
}

function row({ size, result }: Tried<KvmBound>): object {
  const { complete, states, violations } = result;
  const steps = Object.values(violations)
    .filter(({ shortest }) => shortest)
    .map(({ schedule }) => schedule.length);
  return {
    ...size,
    verdict: explorerVerdict(result),
    complete,
    states,
    steps: steps.length === 0 ? null : Math.min(...steps),
  };
}
