/** All that can be told from a report, computed once and passed to all that speak of it. */
import type { LockMention, SomeParts, SplatReport } from "../report/index.js";
import type { SplatEdge } from "./edges/edge.js";
import { edgesOf } from "./edges/edges.js";
import { irqEndsOf, type IrqEnds } from "./irq/irq-ends.js";
import { mentionsOf } from "./lock/mentions.js";
import { misfitIn, type Misfit } from "./lock/misfit.js";
import { timelineOf, type Timeline } from "./timeline.js";

/** What a report shows. */
export interface Evidence {
  readonly report: SplatReport;
  /** The same report by its parts, for what several kinds have. */
  readonly parts: SomeParts;
  /** The lock that is being taken, or null. */
  readonly wanted: LockMention | null;
  /** The lock under which it is taken, or null. */
  readonly holding: LockMention | null;
  /** Every lock of its rule that it mentions, the one that is taken last. */
  readonly mentions: readonly LockMention[];
  readonly edges: readonly SplatEdge[];
  readonly ends: IrqEnds | null;
  readonly timeline: Timeline | null;
  /** A class whose name does not fit the function that takes it, or null. */
  readonly misfit: Misfit | null;
}

/** Returns what a report shows. */
export function evidenceOf(report: SplatReport): Evidence {
  const parts: SomeParts = report;
  const edges = edgesOf(report);
  const wanted = parts.acquiring ?? null;
  return {
    report,
    parts,
    wanted,
    holding: parts.holding ?? null,
    mentions: mentionsOf(report),
    edges,
    ends: irqEndsOf(report),
    timeline: timelineOf(report, edges),
    misfit: misfitIn(report, wanted, edges),
  };
}
