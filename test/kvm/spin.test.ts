import { describe, expect, it } from "vitest";
import { explore, promela } from "../../lib/explore/index.js";
import { type ChangeName, changes, kvm } from "../../lib/kvm/index.js";
import { translate } from "../../lib/machine/index.js";
import { hasSpin, spin } from "../explore/spin.js";

if (!hasSpin) {
  console.warn("NOT RUN: comparison of the KVM case with SPIN; install spin and gcc to run it");
}

/** Set LAB_LONG_TESTS=1 to compare the further paths too, minutes each. */
const long = process.env["LAB_LONG_TESTS"] === "1";
const further: readonly ChangeName[] = ["set-affinity", "load-balance", "vcpu-exit"];

/** The large ones: 20 s to 2 min of processor time each, the others 2 to 10 s. */
const large: readonly ChangeName[] = ["wake-after-unlock", "sched-in-trylock", "other-wakers"];

/** Compares the number of states, nothing merged or left out, and whether anything is violated. */
function compare(change: ChangeName | null): void {
  const scenario = kvm({ fix: "final", changes: change === null ? [] : [change] });
  const model = translate(scenario);
  const here = explore(scenario, {
    reductions: { local: false, symmetry: false },
    maxSeconds: 600,
  });
  expect(here.complete).toBe(true);
  const optimise = change !== null && large.includes(change);
  const graph = spin(promela(model), "graph", optimise);
  expect(graph).toMatchObject({ complete: true, states: here.states });
  const verdict = spin(promela(model, { purpose: "verdict" }), "verdict", optimise);
  expect(verdict.errors > 0).toBe(here.verdict !== "safe");
}

const minutes = 60_000;

describe.skipIf(!hasSpin)("SPIN and the lab agree, state by state, with 2 CPUs and 2 vCPUs", () => {
  it(
    "about the case as it is",
    () => {
      compare(null);
    },
    5 * minutes,
  );

  it.each(changes.map(({ name }) => name).filter((name) => !further.includes(name)))(
    "about %s",
    (change) => {
      compare(change);
    },
    10 * minutes,
  );

  it.skipIf(!long).each(further)(
    "about %s (LAB_LONG_TESTS=1)",
    (change) => {
      compare(change);
    },
    20 * minutes,
  );
});
