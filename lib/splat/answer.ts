/** All that the lab has to say of a report, as one value: what `lab splat --json` prints. */
import { edgesOf } from "./evidence/edges/edges.js";
import type { SplatEdge } from "./evidence/edges/edge.js";
import { timelineOf, type Timeline } from "./evidence/timeline.js";
import { explain, type Explanation } from "./explain/explain.js";
import { factsOf, type SplatFacts } from "./facts.js";
import type { SplatKind, SplatReport } from "./report/index.js";
import type { Signature } from "./signature/named.js";
import { signatureOf } from "./signature/signature.js";

/** A report, explained. */
export interface SplatAnswer {
  readonly kind: SplatKind;
  readonly signature: Signature;
  readonly facts: SplatFacts;
  /** In the order in which the circle or path runs. */
  readonly edges: readonly Omit<SplatEdge, "frames">[];
  readonly timeline: Timeline | null;
  readonly explanation: Explanation;
}

/**
 * Returns all that is said of a report, without what needs a search.
 *
 * @param report a report as read
 * @example
 * const [report] = readSplats(kvmPiReport);
 * answerOf(report).edges.length // 3
 */
export function answerOf(report: SplatReport): SplatAnswer {
  const edges = edgesOf(report);
  return {
    kind: report.kind,
    signature: signatureOf(report),
    facts: factsOf(report),
    edges: edges.map(({ from, to, learnt, gap }) => ({ from, to, learnt, gap })),
    timeline: timelineOf(report, edges),
    explanation: explain(report),
  };
}
