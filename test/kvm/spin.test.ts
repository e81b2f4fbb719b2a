import { describe, expect, it } from "vitest";
import { explore, promela } from "../../lib/explore/index.js";
import { type ChangeName, changes, kvm } from "../../lib/kvm/index.js";
import { translate } from "../../lib/machine/index.js";
import { hasSpin, spin } from "../explore/spin.js";

if (!hasSpin) {
  console.warn("NOT RUN: comparison of the KVM case with SPIN; install spin and gcc to run it");
}

/** Set LAB_LONG_TESTS=1 to compare every change; without it, those with the smaller graphs. */
const long = process.env["LAB_LONG_TESTS"] === "1";

/** Each takes 2 to 15 s of processor time, SPIN's compilation included; wake-after-unlock a minute. */
const quick: readonly ChangeName[] = [
  "irqs-on",
  "irqs-on-irqsave",
  "sched-in-under-rq",
  "sched-in-unlocked",
  "no-on-test",
  "stale-cpu",
  "remote-cpu",
  "nv-before-list",
  "core-scheduling",
  "preemptible",
  "wake-after-unlock",
];

/** Compares the number of states, nothing merged or left out, and whether anything is violated. */
function compare(change: ChangeName | null): void {
  const scenario = kvm({ fix: "final", changes: change === null ? [] : [change] });
  const model = translate(scenario);
  const here = explore(scenario, {
    reductions: { local: false, symmetry: false },
    maxSeconds: 600,
  });
  expect(here.complete).toBe(true);
  const graph = spin(promela(model), "graph");
  expect(graph).toMatchObject({ complete: true, states: here.states });
  const verdict = spin(promela(model, { purpose: "verdict" }), "verdict");
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

  it.each(quick)(
    "about %s",
    (change) => {
      compare(change);
    },
    5 * minutes,
  );

  it.skipIf(!long).each(changes.map(({ name }) => name).filter((name) => !quick.includes(name)))(
    "about %s (LAB_LONG_TESTS=1)",
    (change) => {
      compare(change);
    },
    20 * minutes,
  );
});
