/** The order that one report tells of. */
import { evidenceOf } from "../evidence/evidence.js";
import { irqPath } from "../evidence/irq/irq-path.js";
import type { SplatReport } from "../report/index.js";
import { graphOf, type OrderEdge, type OrderGraph } from "./order.js";

/**
 * Returns the edges of a report. A report about interrupts has one more, which closes its circle:
 * the interrupt comes while the irq-unsafe lock is held, and takes the irq-safe one.
 *
 * @param report a report as read
 * @param source what it is called in answers
 * @example
 * const [report] = readSplats(kvmPiReport);
 * orderOfReport(report, "report 1").edges.length // 3
 */
export function orderOfReport(report: SplatReport, source: string): OrderGraph {
  const { edges, ends } = evidenceOf(report);
  const held = report.held?.locks.map(({ name }) => name) ?? null;
  const path = ends === null ? edges : irqPath(edges, ends);
  const orders = path.map(({ from, to, gap, frames, learnt }): OrderEdge => ({
    from,
    to,
    kind: gap === null ? "order" : "gap",
    witnesses: [{ source, frames, learnt, held: learnt === "now" ? held : null }],
  }));
  if (ends === null) return graphOf(orders);
  const { safe, unsafe } = ends;
  return graphOf([
    ...orders,
    {
      from: unsafe.name,
      to: safe.name,
      kind: "interrupt",
      witnesses: [{ source, frames: safe.frames, learnt: "earlier", held: null }],
    },
  ]);
}
