/** Which mutants can really fail, alone or with what may run beside the three paths. */
import { explore } from "../../explore/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import { replay } from "../../machine/index.js";
import { type Model, translate, waiting } from "../../machine/index.js";
import { affinityDirections, affinityScenario } from "./affinity-deadlock.js";
import { comesToRest, direct } from "../../machine/run/directed.js";
import { kvm } from "../kvm.js";
import type { KvmSize } from "../variations/size.js";
import { type ExplorerVerdict, explorerVerdict } from "./matrix.js";
import { type ChangeName, type MutantNumber, furtherPaths, mutants } from "../variations/index.js";

/** A mutant that can fail, and where. */
export interface Failing {
  readonly mutant: MutantNumber;
  readonly verdict: ExplorerVerdict;
  readonly cpus: number;
  readonly vcpus: number;
  /** What runs beside the three paths; nothing where those fail by themselves. */
  readonly further: readonly ChangeName[];
}

/** What was found out. */
export interface FailingMutants {
  readonly failing: readonly Failing[];
  /** A mutant that could not be decided with the three paths alone, and what the search says; mostly null. */
  readonly undecided: { readonly mutant: MutantNumber; readonly summary: string } | null;
}

/** The smallest machine on which each further path can be tried in a moment. */
const smallSize = { cpus: 2, vcpus: 1 } as const;

/**
 * Returns the mutants that can fail: with the three paths at a size; else with one further path on two CPUs
 * and one vCPU; else by the schedule of affinity changes and load balancing on three CPUs. A mutant that fails
 * only on larger machines still is not among them.
 *
 * @throws RangeError if the size is not from 1 to 8
 */
export function failingMutants(
  kernelC: KernelC,
  { cpus, vcpus }: Required<KvmSize>,
): FailingMutants {
  const size = { cpus, vcpus };
  const failing: Failing[] = [];
  for (const { number: mutant } of mutants) {
    const result = explore(kvm(kernelC, { mutant, ...size }), { shortest: false });
    const verdict = explorerVerdict(result);
    if (verdict === "inconclusive") {
      return { failing, undecided: { mutant, summary: result.summary } };
    }
    const found =
      verdict !== "none"
        ? { mutant, verdict, ...size, further: [] }
        : (withFurtherPath(kernelC, mutant) ?? onThreeCpus(kernelC, mutant));
    if (found !== null) failing.push(found);
  }
  return { failing, undecided: null };
}

function withFurtherPath(kernelC: KernelC, mutant: MutantNumber): Failing | null {
  for (const path of furtherPaths) {
    const scenario = kvm(kernelC, { mutant, changes: [path], ...smallSize });
    const verdict = explorerVerdict(explore(scenario, { shortest: false }));
    if (verdict === "none" || verdict === "inconclusive") continue;
    return { mutant, verdict, ...smallSize, further: [path] };
  }
  return null;
}

/** By a schedule that is known: a search for it takes minutes. */
function onThreeCpus(kernelC: KernelC, mutant: MutantNumber): Failing | null {
  const model = translate(affinityScenario(kernelC, mutant));
  const schedule = directed(model);
  if (schedule === null || !comesToRest(model, schedule)) return null;
  if (waiting(model, replay(model, schedule).final).length === 0) return null;
  const further = ["set-affinity", "load-balance"] as const;
  return { mutant, verdict: "deadlock", cpus: 3, vcpus: 2, further };
}

/** The schedule; null if a mutant cannot follow it to its end. */
function directed(model: Model): readonly number[] | null {
  try {
    return direct(model, affinityDirections);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
