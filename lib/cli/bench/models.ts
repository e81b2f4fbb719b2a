/** The models on which the explorer is measured, and what is measured on each. */
import { diningSixSteps } from "../../atlas/stories/index.js";
import { kvmCodeNames, parser } from "../case/cases.js";
import type { Translated } from "../../machine/translate/kept-translations.js";
import { translatedC } from "../case/translated.js";
import { kvm } from "../../kvm/index.js";
import { type Scenario, scenario } from "../../machine/index.js";
import { kernelSplats, readSplats, scenarioOfScene, sceneOf } from "../../splat/index.js";

/** A model, and which questions are asked about it. */
export interface BenchModel {
  readonly make: () => Promise<Scenario>;
  /** What was kept of it, with what an earlier process has left; null of what is no C. */
  readonly kept: (() => Promise<Translated>) | null;
  /** Whether the graph is also searched as it is: state for state as SPIN does. */
  readonly sameGraph: boolean;
  /** Whether a second thread is worth its start. */
  readonly isLarge: boolean;
  /** Two to this are the places in SPIN's hash table: about twice as many as states; null without SPIN. */
  readonly hash: number | null;
}

const asGraph = (make: BenchModel["make"], hash: number): BenchModel => ({
  make,
  kept: null,
  sameGraph: true,
  isLarge: false,
  hash,
});

/** The merged code. */
function merged(cpus: number, vcpus: number): Pick<BenchModel, "make" | "kept"> {
  const of = { ...kvmCodeNames({ fix: "final" }), cpus, vcpus };
  const make = async (): Promise<Scenario> => kvm(await parser(), of);
  return { make, kept: () => translatedC(of, make) };
}

/** The models, by the words of `--models`. */
export const benchModels: Readonly<Record<string, BenchModel>> = {
  splat: {
    make: () => Promise.resolve(reported()),
    kept: null,
    sameGraph: false,
    isLarge: false,
    hash: null,
  },
  "dining-8": asGraph(() => Promise.resolve(diningSixSteps(8)), 20),
  "dining-9": asGraph(() => Promise.resolve(diningSixSteps(9)), 22),
  "dining-10": asGraph(() => Promise.resolve(diningSixSteps(10)), 24),
  "kvm-2x2": { ...merged(2, 2), sameGraph: true, isLarge: false, hash: 20 },
  "kvm-2x3": { ...merged(2, 3), sameGraph: true, isLarge: true, hash: 25 },
  "kvm-3x2": {
    ...merged(3, 2),
    sameGraph: false,
    isLarge: false,
    hash: 25,
  },
  "kvm-3x3": {
    ...merged(3, 3),
    sameGraph: false,
    isLarge: true,
    hash: 27,
  },
};

/** The scenario that the kernel's report of the case is read as. */
function reported(): Scenario {
  const [report] = readSplats(kernelSplats.none);
  const scene = report === undefined ? null : sceneOf(report);
  return scene === null
    ? scenario("no report", { sizes: {}, processes: [] })
    : scenarioOfScene(scene);
}
