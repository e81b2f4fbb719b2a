import { describe, it } from "vitest";
import { type ChangeName, changes, kvm } from "../../lib/kvm/index.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

if (!hasSpin) {
  console.warn("NOT RUN: comparison of the KVM case with SPIN; install spin and gcc to run it");
}

/** Set LAB_LONG_TESTS=1 to compare these with two vCPUs too: half a minute to half an hour of processor time each. */
const long = process.env["LAB_LONG_TESTS"] === "1";
const large: readonly ChangeName[] = [
  "set-affinity",
  "load-balance",
  "vcpu-exit",
  "wake-after-unlock",
  "sched-in-trylock",
  "sched-in-unlocked",
  "other-wakers",
];
const others = changes.map(({ name }) => name).filter((name) => !large.includes(name));

/** Compares the case with a change. */
const compare = (change: ChangeName | null, vcpus: number): Promise<void> =>
  agreeWithSpin(
    kvm(kernelC, { fix: "final", changes: change === null ? [] : [change], vcpus }),
    change !== null && large.includes(change) && vcpus > 1,
  );

const minutes = 60_000;

describe.skipIf(!hasSpin)("SPIN and the lab agree, state by state, with 2 CPUs", () => {
  it("about the case as it is, with 2 vCPUs", () => compare(null, 2), 5 * minutes);

  it.each(others)("about %s, with 2 vCPUs", (change) => compare(change, 2), 10 * minutes);

  it.each(large)("about %s, with 1 vCPU", (change) => compare(change, 1), 10 * minutes);

  it.skipIf(!long).each(large)(
    "about %s, with 2 vCPUs (LAB_LONG_TESTS=1)",
    (change) => compare(change, 2),
    30 * minutes,
  );
});
