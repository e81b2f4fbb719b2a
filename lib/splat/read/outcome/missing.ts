/** What a report of its kind says and this one does not, with the line where it was missed. */
import type { SplatKind, Unrecovered } from "../../report/index.js";
import type { Draft } from "../draft/draft.js";

interface Part {
  readonly what: string;
  readonly kinds: readonly SplatKind[] | "all";
  readonly missing: (report: Draft) => boolean;
  /** The line at which it was missed; the last one where the report simply stops. */
  readonly at?: (report: Draft) => number | undefined;
}

const twoLocks: readonly SplatKind[] = ["circular", "recursive", "irq-safe-unsafe"];
const taking: readonly SplatKind[] = [
  ...twoLocks,
  "inconsistent",
  "irq-inversion",
  "wait-context",
  "nested-not-taken",
];
const drawn: readonly SplatKind[] = [...twoLocks, "inconsistent", "irq-inversion"];

/** Returns how many rows the scenarios of kernel/locking/lockdep.c have at least. */
function rowsOf({ kind, scenario }: Draft): number {
  if (kind === "recursive") return 2;
  if (kind === "inconsistent") return 3;
  return scenario?.interrupt === true ? 6 : 4;
}

const parts: readonly Part[] = [
  { what: "the banner with the kind of the report", kinds: "all", missing: (r) => !r.hasBanner },
  { what: "the kernel version", kinds: "all", missing: (r) => r.kernel === null },
  { what: "the task that ran", kinds: "all", missing: (r) => r.task === null },
  { what: "the lock that was being taken", kinds: taking, missing: (r) => r.acquiring === null },
  { what: "the lock that was held already", kinds: twoLocks, missing: (r) => r.holding === null },
  {
    what: "the existing dependency chain",
    kinds: ["circular"],
    missing: (r) => r.chain.length === 0,
  },
  {
    what: "links of the dependency chain (their numbers do not run down to #0)",
    kinds: ["circular"],
    missing: (r) =>
      r.chain.length > 0 && r.chain.some(({ index }, n, all) => index !== all.length - 1 - n),
    at: (r) => r.chain[r.chain.length - 1]?.lock.line,
  },
  {
    what: "the first links of the dependency chain, down from the lock that is held",
    kinds: ["circular"],
    missing: (r) =>
      r.chain.length > 0 &&
      r.holding !== null &&
      (!r.hasBanner || r.chainSummary.at(-1) === r.holding.name) &&
      r.chain[0]?.lock.name !== r.holding.name,
    at: (r) => r.chain[0]?.lock.line,
  },
  {
    what: "the stack of a link of the chain",
    kinds: ["circular"],
    missing: (r) => r.chain.some(({ frames }) => frames.length === 0),
    at: (r) => r.chain.find(({ frames }) => frames.length === 0)?.lock.line,
  },
  { what: "the unsafe locking scenario", kinds: drawn, missing: (r) => r.scenario === null },
  {
    what: "rows of the scenario, which is not as long as those of its kind",
    kinds: drawn,
    missing: (r) => r.scenario !== null && r.scenario.rows.length < rowsOf(r),
    at: (r) => r.scenario?.line,
  },
  {
    what: "the column of a scenario row, so on which CPU it happens",
    kinds: drawn,
    missing: (r) => r.scenario?.rows.some(({ cpu }) => cpu === null) ?? false,
    at: (r) => r.scenario?.line,
  },
  {
    what: "where the earlier usage was registered",
    kinds: ["inconsistent"],
    missing: (r) => r.registered === null,
  },
  {
    what: "the two usages that contradict each other",
    kinds: ["inconsistent"],
    missing: (r) => r.usageFrom === null,
  },
  {
    what: "the irq-safe lock",
    kinds: ["irq-safe-unsafe"],
    missing: (r) => r.connectsSafe === null,
  },
  {
    what: "the irq-unsafe lock",
    kinds: ["irq-safe-unsafe"],
    missing: (r) => r.connectsUnsafe === null,
  },
  { what: "the other lock", kinds: ["irq-inversion"], missing: (r) => r.other === null },
  {
    what: "the dependencies between the two locks",
    kinds: ["irq-safe-unsafe", "irq-inversion"],
    missing: (r) => r.usageBlocks.length === 0,
  },
  {
    what: "the wait context",
    kinds: ["wait-context"],
    missing: (r) => r.context === null,
  },
  {
    what: "the lock that was released",
    kinds: ["bad-unlock"],
    missing: (r) => r.releasing === null,
  },
  {
    what: "the held lock in the freed memory",
    kinds: ["held-freed"],
    missing: (r) => r.heldInFreed === null,
  },
  {
    what: "what was wrong about the use of RCU",
    kinds: ["rcu-usage"],
    missing: (r) => r.rcu?.what == null,
  },
  {
    what: "some of the held locks (the list is not as long as it says)",
    kinds: "all",
    missing: (r) => r.held !== null && r.held.locks.length !== r.held.count,
    at: (r) => r.held?.line,
  },
  {
    what: "the list of held locks",
    kinds: [...taking, "held-freed", "user-space", "still-held", "bad-unlock"],
    missing: (r) => r.held === null,
  },
  {
    what: "the CPU line, with the task and the kernel",
    kinds: "all",
    // ARM printed none up to 3.x: there each line names two functions.
    missing: (r) =>
      r.cpuLine === null &&
      r.hasStackBacktrace &&
      !r.backtrace.some(({ raw }) => raw.includes(" from [<")),
  },
  {
    what: "the stack backtrace",
    kinds: "all",
    missing: (r) => r.backtrace.length === 0 && r.kind !== "user-space",
  },
];

/** Returns what could not be recovered, in the order in which a report says it. */
export function missingParts(report: Draft): readonly Unrecovered[] {
  return parts
    .filter(({ kinds }) => kinds === "all" || kinds.includes(report.kind))
    .filter(({ missing }) => missing(report))
    .map(({ what, at }) => ({ line: at?.(report) ?? report.lastLine, what }));
}
