import { expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  type Cell,
  changes,
  changeCells,
  codeOf,
  explorerVerdict,
  fixes,
  kernelOrders,
  kvm,
  lockdepVerdict,
  mutantCells,
  mutants,
} from "../../../lib/kvm/index.js";
import { kvmInC } from "../../../lib/kvm/c/kvm-in-c.js";
import { pathsOnceInC } from "../../../lib/kvm/c/paths-once.js";
import { kvmFiles } from "../../../lib/kvm/c/kvm-files.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { lockdepOn } from "../../../lib/verdict/index.js";

const kernelC = await loadKernelC();
const isLong = process.env["LAB_LONG_TESTS"] === "1";

const fixNames = fixes.map(({ name }) => name);
const all: readonly Cell[] = [
  ...mutantCells(
    fixNames,
    mutants.map(({ number }) => number),
  ),
  ...changeCells(
    fixNames,
    changes.map(({ name }) => name),
  ),
];

/** A cell of each row and each column; all of them take minutes. */
const slice = all.filter((_, at) => at % 11 === 0);

const nameOf = ({ fix, mutant, changes: with_ = [] }: Cell): string =>
  [fix, ...(mutant === undefined ? [] : [mutant]), ...with_].join(" ");

/** What the explorer says: the first property that is violated, and all. */
function explored(scenario: Parameters<typeof explore>[0]): string {
  const result = explore(scenario, { shortest: false, maxStates: 5_000_000 });
  return [explorerVerdict(result), ...Object.keys(result.violations).sort()].join(" ");
}

/**
 * The statements wait where there is nothing to balance, so that what comes after in the order never runs; the C
 * goes on, and lockdep sees the rest.
 */
const goesOn = ({ changes: with_ = [] }: Cell): boolean => with_.includes("load-balance");

it.each((isLong ? all : slice).map((cell) => [nameOf(cell), cell] as const))(
  "has both verdicts in C that it has in statements: %s",
  (name, cell) => {
    const size = isLong ? { cpus: 2, vcpus: 2 } : { cpus: 2, vcpus: 1 };
    const files = kvmFiles(cell);
    expect(explored(kvmInC(kernelC, files, name, size))).toBe(explored(kvm({ ...cell, ...size })));
    for (const order of kernelOrders) {
      if (goesOn(cell) && order[0] === "n") continue;
      const said = lockdepOn(pathsOnceInC(kernelC, files)(order), { runs: 1 });
      const found = said.reports.find(({ kind }) => kind !== "warn")?.kind ?? null;
      expect([order, found]).toEqual([order, lockdepVerdict(codeOf(cell), order).kind]);
    }
  },
  120_000,
);

it("has no more than half as many states again as the statements", () => {
  const inC = explore(kvmInC(kernelC, kvmFiles(), "kvm-pi in C"));
  const inStatements = explore(kvm());
  expect(inC.complete && inStatements.complete).toBe(true);
  expect(inC.states / inStatements.states).toBeLessThan(1.5);
});
