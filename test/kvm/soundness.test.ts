import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Budget } from "../../lib/explore/search/budget.js";
import { search } from "../../lib/explore/search/search.js";
import { firstStuck } from "../../lib/explore/deadlock/deadlock.js";
import { terminals } from "../explore/terminals.js";
import { type KvmOptions, changes, kvm, mutants } from "../../lib/kvm/index.js";
import { translate } from "../../lib/machine/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

/**
 * The whole comparison, with two vCPUs and every combination of reductions, takes some two minutes, half
 * of them for sched-in-trylock and its 29 million states: `SOUNDNESS=whole npx vitest run
 * test/kvm/soundness.test.ts`. Otherwise there is one vCPU, and the reductions are
 * both on or both off.
 */
const whole = process.env["SOUNDNESS"] === "whole";
const size = { cpus: 2, vcpus: whole ? 2 : 1 };
const off = { local: false, symmetry: false };
const ways = [
  { local: true, symmetry: true },
  ...(whole
    ? [
        { local: true, symmetry: false },
        { local: false, symmetry: true },
      ]
    : []),
];

/** What no reduction may change: what is violated, and the states in which all has come to rest. */
function essence(options: KvmOptions, reductions: typeof off) {
  const found = search(
    translate(kvm(kernelC, { ...options, ...size })),
    reductions,
    new Budget({}),
  );
  expect(found.cutShort).toBeNull();
  const ends = terminals(found);
  const stuck = firstStuck(found) === null ? [] : ["deadlock"];
  return {
    violated: [...found.findings.keys(), ...stuck].sort(),
    terminals: ends.length,
    fingerprint: createHash("sha256").update(ends.join("\n")).digest("hex"),
  };
}

const codes: readonly (readonly [string, KvmOptions])[] = [
  ...mutants.map(({ number }) => [number, { mutant: number }] as const),
  ...changes.map(({ name }) => [name, { fix: "final", changes: [name] }] as const),
];

describe(`with ${String(size.cpus)} CPUs and ${String(size.vcpus)} vCPUs, each reduction on and off`, () => {
  it.each(codes)(
    "agree about verdict and terminal states of %s",
    (_, options) => {
      const plain = essence(options, off);
      for (const way of ways) expect(essence(options, way)).toEqual(plain);
    },
    whole ? 3_600_000 : 60_000,
  );
});
