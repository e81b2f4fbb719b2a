import { describe, expect, it } from "vitest";
import { type KvmTextOptions, kvmFiles, pathsOnceInC } from "../../../lib/kvm/index.js";
import { lockdepVerdict } from "../../../lib/kvm/c/lockdep-in-order.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { lockdepOn } from "../../../lib/verdict/index.js";

const kernelC = await loadKernelC();

/** The base, silent texts and reported ones, one whose list is another, and two with a path beside the three. */
const texts: readonly KvmTextOptions[] = [
  {},
  { fix: "final", mutant: "m3" },
  { fix: "rcu", mutant: "m2" },
  { fix: "out1", mutant: "m5" },
  { fix: "out1", changes: ["vcpu-exit"] },
];

describe("one run of the paths", () => {
  it.each(texts)("tells what lockdep hears in every order: %o", (text) => {
    const paths = pathsOnceInC(kernelC, kvmFiles(text));
    for (const order of [
      ["w", "i", "o", "n"],
      ["n", "o", "w", "i"],
      ["i", "o"],
    ] as const) {
      const run = lockdepOn(paths(order), { runs: 1 });
      const { lockdep } = lockdepVerdict(paths, order);
      expect(lockdep.reports).toEqual(run.reports);
      expect(lockdep.graph()).toEqual(run.graph());
    }
  });

  it("is enough for all orders where there is no path beside the three", () => {
    const further = (text: KvmTextOptions) =>
      pathsOnceInC(kernelC, kvmFiles(text)).events()?.further;
    expect(further({ fix: "final" })).toBe(false);
    expect(further({ fix: "final", mutant: "m2", changes: ["other-wakers"] })).toBe(false);
    expect(further({ fix: "out1", mutant: "m5" })).toBe(true);
  });
});
