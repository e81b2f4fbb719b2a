import { describe, it } from "vitest";
import { type ChangeName, changes, kvm } from "../../lib/kvm/index.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";

if (!hasSpin) {
  console.warn("NOT RUN: comparison of the KVM case with SPIN; install spin and gcc to run it");
}

/** Set LAB_LONG_TESTS=1 to compare the further paths too, minutes each. */
const long = process.env["LAB_LONG_TESTS"] === "1";
const further: readonly ChangeName[] = ["set-affinity", "load-balance", "vcpu-exit"];

/** The large ones: 20 s to 2 min of processor time each, the others 2 to 10 s. */
const large: readonly ChangeName[] = ["wake-after-unlock", "sched-in-trylock", "other-wakers"];

/** Compares the case with a change. */
const compare = (change: ChangeName | null): Promise<void> =>
  agreeWithSpin(
    kvm({ fix: "final", changes: change === null ? [] : [change] }),
    change !== null && large.includes(change),
  );

const minutes = 60_000;

describe.skipIf(!hasSpin)("SPIN and the lab agree, state by state, with 2 CPUs and 2 vCPUs", () => {
  it("about the case as it is", () => compare(null), 5 * minutes);

  it.each(changes.map(({ name }) => name).filter((name) => !further.includes(name)))(
    "about %s",
    (change) => compare(change),
    10 * minutes,
  );

  it.skipIf(!long).each(further)(
    "about %s (LAB_LONG_TESTS=1)",
    (change) => compare(change),
    20 * minutes,
  );
});
