import { describe, expect, it } from "vitest";
import { explore, promela } from "../../lib/explore/index.js";
import { type ChangeName, changes, kvm } from "../../lib/kvm/index.js";
import { translate } from "../../lib/machine/index.js";
import { hasSpin, spin } from "../explore/spin.js";

if (!hasSpin) {
  console.warn("NOT RUN: comparison of the KVM case with SPIN; install spin and gcc to run it");
}

/** Set LAB_LONG_TESTS=1 to compare every change; without it, one for each kind of answer. */
const long = process.env["LAB_LONG_TESTS"] === "1";

/** Compared with one vCPU: with two, their unreduced graphs are the largest. */
const large: readonly ChangeName[] = [
  "irqs-on",
  "irqs-on-irqsave",
  "sched-in-unlocked",
  "wake-after-unlock",
  "sched-in-trylock",
  "other-wakers",
  "set-affinity",
  "load-balance",
  "vcpu-exit",
];

const always: readonly ChangeName[] = ["remote-cpu", "no-on-test", "core-scheduling", "irqs-on"];

/** Compares the number of states, nothing merged or left out, and whether anything is violated. */
function compare(change: ChangeName | null, vcpus: number): void {
  const scenario = kvm({ fix: "final", changes: change === null ? [] : [change], vcpus });
  const model = translate(scenario);
  const here = explore(scenario, {
    reductions: { local: false, symmetry: false },
    maxSeconds: 300,
  });
  expect(here.complete).toBe(true);
  const graph = spin(promela(model), "graph");
  expect(graph).toMatchObject({ complete: true, states: here.states });
  const verdict = spin(promela(model, { purpose: "verdict" }), "verdict");
  expect(verdict.errors > 0).toBe(here.verdict !== "safe");
}

const minutes = 60_000;

describe.skipIf(!hasSpin)("SPIN and the lab agree, state by state, about the KVM case", () => {
  it(
    "as it is, with two CPUs and two vCPUs",
    () => {
      compare(null, 2);
    },
    10 * minutes,
  );

  const sized = (wanted: (name: ChangeName) => boolean): (readonly [ChangeName, number])[] =>
    changes
      .map(({ name }) => name)
      .filter(wanted)
      .map((name) => [name, large.includes(name) ? 1 : 2]);

  it.each(sized((name) => always.includes(name)))(
    "with %s, 2 x %i",
    (name, vcpus) => {
      compare(name, vcpus);
    },
    10 * minutes,
  );

  it.skipIf(!long).each(sized((name) => !always.includes(name)))(
    "with %s, 2 x %i (LAB_LONG_TESTS=1)",
    (name, vcpus) => {
      compare(name, vcpus);
    },
    20 * minutes,
  );
});
