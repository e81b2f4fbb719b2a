import { describe, expect, it } from "vitest";
import { lockdepVerdict, pathsOnce, type Subclasses } from "../../../lib/kvm/index.js";
import { addedOrders, type AddedOrder } from "../../../lib/views/graphs/added-orders.js";
import { expectSoundFigure } from "../wellformed.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const entry = (schedIn: Subclasses, bug: "m2" | "m3"): AddedOrder => {
  const annotation = { schedOut: [1], schedIn } as const;
  const order = ["o", "w", "i", "n"] as const;
  const broken = lockdepVerdict(pathsOnce(kernelC, { annotation, mutant: bug }), order);
  return {
    annotation: `sched_in ${schedIn.join(", ")}`,
    bug,
    before: lockdepVerdict(pathsOnce(kernelC, { annotation }), order).lockdep.graph(),
    after: broken.lockdep.graph(),
    report: broken.report,
    fails: true,
  };
};

describe("the orders that bugs add", () => {
  const entries = ([[0], [1], [0, 1]] as const).flatMap((choice) => [
    entry(choice, "m2"),
    entry(choice, "m3"),
  ]);
  const figure = addedOrders(entries, "sched_in's subclasses");

  it("are a sound figure", () => {
    expectSoundFigure(() => figure);
  });

  it("close a circle with the right subclass, and lead nowhere with the wrong one", () => {
    expect(figure.text.split("\n").slice(1)).toEqual([
      "  sched_in 0, m2: adds wakeup/0 → rq; rq leads to wakeup/1: HIDDEN",
      expect.stringMatching(/^ {2}sched_in 0, m3: adds rq → wakeup\/0; reported: .*wakeup\/0/),
      expect.stringMatching(/^ {2}sched_in 1, m2: adds wakeup\/1 → rq; reported: .*wakeup\/1/),
      expect.stringMatching(
        /^ {2}sched_in 1, m3: adds no new order; all it does is known already: HIDDEN/,
      ),
      expect.stringMatching(/^ {2}sched_in 0, 1, m2: adds .*reported/),
      expect.stringMatching(/^ {2}sched_in 0, 1, m3: adds .*reported/),
    ]);
  });
});
