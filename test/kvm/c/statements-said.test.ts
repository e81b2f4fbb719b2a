/**
 * What the case said when it was written a second time, as statements of the machine: the text in C says the same.
 * The statements are gone; what they said of every fix x mutant and fix x change is kept beside this file.
 *
 * No verdict differs. Counts do, since steps are cut otherwise: a shortest counterexample in C has up to nine steps
 * fewer, as a test of locals alone (whether the next task is the one before) and the guest's HLT are no steps there,
 * and the graph is from 0.5 to 1.06 times as large. Of `rcu vcpu-exit` it is 1.11 times: that one's count is compared.
 */
import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  changes,
  explorerVerdict,
  fixes,
  kernelOrders,
  kvm,
  lockdepVerdict,
  mutants,
  pathsOnce,
} from "../../../lib/kvm/index.js";
import type { ReportKind } from "../../../lib/lockdep/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { type Said, allSaid, textOf } from "./said.js";

const kernelC = await loadKernelC();
const isLong = process.env["LAB_LONG_TESTS"] === "1";

/** Cells of every row and every column; all of them take minutes. */
const quick = allSaid.filter((_, at) => at % 11 === 0);
const named = (cells: readonly Said[]) =>
  cells.map((said) => [`${said.fix} ${said.bug}`, said] as const);

/**
 * What the C is expected to say in an order. Where the balancer finds nothing to move, the statements waited for
 * something, so that the paths after it in `nowi` never ran; the C goes on, as the kernel does, and lockdep says there
 * what it says where the balancer comes last.
 */
const expectedOf = ({ bug, orders }: Said, at: number): ReportKind | null | undefined =>
  bug === "load-balance" && kernelOrders[at]?.[0] === "n" ? orders[0] : orders[at];

it("is kept of every fix x mutant and every fix x change", () => {
  expect(allSaid).toHaveLength(fixes.length * (mutants.length + changes.length));
});

describe("what lockdep says in each order of first runs is what it said of the statements", () => {
  it.each(named(isLong ? allSaid : quick))("%s", (_, said) => {
    const paths = pathsOnce(kernelC, textOf(said));
    for (const [at, order] of kernelOrders.entries()) {
      expect([order, lockdepVerdict(paths, order).kind]).toEqual([order, expectedOf(said, at)]);
    }
  });
});

describe("with one vCPU all that is violated is what was of the statements, and not the first alone", () => {
  it.each(named(isLong ? allSaid : quick))("%s", (_, said) => {
    const { complete, violations } = explore(kvm(kernelC, { ...textOf(said), cpus: 2, vcpus: 1 }), {
      shortest: false,
    });
    const found = Object.values(violations).map(({ property }) => property);
    expect([complete, found.toSorted()]).toEqual([true, said.oneVcpu]);
  });
});

describe("what the explorer says is what it said of the statements", () => {
  it.each(named(isLong ? allSaid : quick))(
    "%s",
    (_, said) => {
      const result = explore(kvm(kernelC, textOf(said)), { shortest: false });
      expect([explorerVerdict(result), result.complete]).toEqual([said.verdict, true]);
      if (said.fix === "rcu" && said.bug === "vcpu-exit") expect(result.states).toBe(654_670);
      else expect(result.states / said.states).toBeLessThan(1.1);
    },
    600_000,
  );
});
