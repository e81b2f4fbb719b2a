/** Whether a report that came back says what the first one said. */
import type { SomeParts, SplatReport } from "../report/index.js";

/** What makes two reports the same: kind, locks and the way from one to the other. */
interface Essence {
  readonly kind: string;
  readonly locks: readonly (string | null)[];
  readonly chain: readonly string[];
}

/** The essence of a report; what was cut off is null or empty. */
function essenceOf(report: SplatReport): Essence {
  const { kind } = report;
  const { acquiring, holding }: SomeParts = report;
  const name = (lock: { readonly name: string } | null | undefined): string | null =>
    lock?.name ?? null;
  switch (report.kind) {
    case "circular":
      return {
        kind,
        locks: [name(acquiring), name(holding)],
        chain: report.chain.map(({ lock, index }) => `#${index} ${lock.name}`),
      };
    case "inconsistent":
      return { kind, locks: [name(acquiring), report.usageFrom, report.usageTo], chain: [] };
    case "irq-inversion":
      return {
        kind,
        locks: [name(acquiring), name(report.other?.lock), report.other?.cls ?? null],
        chain: report.usageBlocks.map(({ lock }) => lock.name),
      };
    case "irq-safe-unsafe":
      return {
        kind,
        locks: [
          name(acquiring),
          name(holding),
          name(report.connectsSafe?.lock),
          name(report.connectsUnsafe?.lock),
          report.connectsSafe?.cls ?? null,
        ],
        chain: report.usageBlocks.map(({ lock }) => lock.name),
      };
    case "bad-unlock":
      return { kind, locks: [report.releasing?.name ?? null], chain: [] };
    case "held-freed":
      return { kind, locks: [name(report.heldInFreed)], chain: [] };
    case "user-space":
    case "still-held":
      return { kind, locks: [], chain: report.held?.locks.map(({ name: held }) => held) ?? [] };
    default:
      return { kind, locks: [name(acquiring), name(holding)], chain: [] };
  }
}

/** Whether `again` says all that `first` says; what the first had lost is not asked for. */
export function saysTheSame(first: SplatReport, again: SplatReport): boolean {
  const a = essenceOf(first);
  const b = essenceOf(again);
  const complete = a.chain.every((step, at) => kindless(first) || stepNumber(step, at, a.chain));
  return (
    a.kind === b.kind &&
    a.locks.every((lock, at) => lock === null || lock === b.locks[at]) &&
    (a.chain.length === 0 || !complete || a.chain.join("\n") === b.chain.join("\n"))
  );
}

const kindless = (report: SplatReport): boolean => report.kind !== "circular";

/** A chain that was cut short cannot come back as it was. */
const stepNumber = (step: string, at: number, all: readonly string[]): boolean =>
  step.startsWith(`#${all.length - 1 - at} `);
