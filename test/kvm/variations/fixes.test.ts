import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type FixName,
  type PathLetter,
  fixes,
  kernelOrders,
  lockdepVerdict,
  mutants,
  pathsOnce,
} from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

interface Answer {
  readonly id: string;
  readonly report: { readonly kind: string } | null;
}

const oracle = readFileSync(new URL("../../oracle/programs.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.startsWith('{"id":"fix-'))
  .map((line): Answer => JSON.parse(line) as Answer);

/** What the oracle calls the fixes; it did not ask about the last two. */
const asked: readonly FixName[] = fixes
  .map(({ name }) => name)
  .filter((name) => name !== "novalidate" && name !== "assert-not-held");

function kernelSaid(fix: FixName, mutant: string, order: string): string | null {
  const start = `fix-${fix.replace("-", "")}-${mutant}-`;
  const answers = oracle.filter(({ id }) => id.startsWith(start) && id.endsWith(`-${order}`));
  expect(answers).toHaveLength(1);
  return answers[0]?.report?.kind ?? null;
}

/** The kernel that was asked ran the paths in a module: its two locks had been taken by a task alone. */
const moduleBoot = ["task"] as const;

const word = (order: readonly PathLetter[]): string => order.join("");

describe("lockdep's verdict on fix x mutant is the kernel's own", () => {
  it("was asked of a real kernel for eight fixes, ten mutants and three orders", () => {
    expect(oracle).toHaveLength(asked.length * mutants.length * kernelOrders.length);
  });

  it.each(asked)("%s", (fix) => {
    const said = mutants.flatMap(({ number: mutant }) => {
      const paths = pathsOnce(kernelC, { fix, mutant });
      return kernelOrders.map((order) => [
        mutant,
        word(order),
        lockdepVerdict(paths, order, moduleBoot).kind,
      ]);
    });
    const expected = mutants.flatMap(({ number: mutant }) =>
      kernelOrders.map((order) => [mutant, word(order), kernelSaid(fix, mutant, word(order))]),
    );
    expect(said).toEqual(expected);
  });

  it("novalidate trades the splat for an invalid wait context", () => {
    const paths = pathsOnce(kernelC, { fix: "novalidate" });
    for (const order of kernelOrders) {
      expect(lockdepVerdict(paths, order).kind).toBe("wait-context");
    }
  });

  it("assert-not-held sees no more than out1: the order is the matter, not that it is held", () => {
    for (const { number: mutant } of mutants) {
      const [asserting, plain] = (["assert-not-held", "out1"] as const).map((fix) =>
        pathsOnce(kernelC, { fix, mutant }),
      );
      if (asserting === undefined || plain === undefined) throw new Error("two fixes");
      for (const order of kernelOrders) {
        const with_ = lockdepVerdict(asserting, order);
        const without = lockdepVerdict(plain, order);
        expect([mutant, with_.kind, with_.warnings]).toEqual([
          mutant,
          without.kind,
          without.warnings,
        ]);
      }
    }
  });

  it("warns of IRQs that are on where pi_enable_wakeup_handler() asserts that they are off", () => {
    const [owin] = kernelOrders;
    if (owin === undefined) throw new Error("no order");
    const irqsOn = pathsOnce(kernelC, { fix: "final", mutant: "m4" });
    expect(lockdepVerdict(irqsOn, owin, moduleBoot).warnings).toHaveLength(1);
    expect(lockdepVerdict(pathsOnce(kernelC, { fix: "final" }), owin).warnings).toEqual([]);
  });

  it("after a boot, m4 is reported where it takes rq->__lock, before the assertion is reached", () => {
    const paths = pathsOnce(kernelC, { fix: "final", mutant: "m4" });
    for (const order of kernelOrders) {
      const { kind, warnings, report } = lockdepVerdict(paths, order);
      expect([kind, warnings]).toEqual(["inconsistent", []]);
      expect(report?.kind === "inconsistent" && report.lock.class.name).toBe("&rq->__lock");
    }
  });
});
