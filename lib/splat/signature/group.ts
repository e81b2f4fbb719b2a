/** Reports of many logs, sorted by what they are about. */
import type { SplatKind } from "../report/index.js";
import type { Signature } from "./named.js";

/** A report, or tasks that are blocked, and where it was found. */
export interface FoundReport {
  readonly file: string;
  /** The number of its first line, from 1. */
  readonly line: number;
  readonly kind: SplatKind | "hung-tasks";
  /** The kernel's version, where it is told. */
  readonly kernel: string | null;
  readonly signature: Signature;
  /** When it was printed, where the log says so: `YYYY-MM-DDTHH:MM:SS`; or null. */
  readonly date: string | null;
}

/** All reports of one signature. */
export interface ReportGroup {
  readonly signature: Signature;
  /** In the order in which they were printed, as far as the logs tell; else in that of the files. */
  readonly reports: readonly FoundReport[];
  /** Names of the whole circles that a partial one may be a part of. */
  readonly perhaps: readonly string[];
}

/**
 * Returns the reports by signature, the most frequent first.
 *
 * @param found the reports, in the order of the files
 */
export function groupReports(found: readonly FoundReport[]): readonly ReportGroup[] {
  const groups = new Map<string, { signature: Signature; reports: FoundReport[] }>();
  for (const one of found) {
    const { signature } = one;
    const group = groups.get(signature.name) ?? { signature, reports: [] };
    group.reports.push(one);
    groups.set(signature.name, group);
  }
  const all = [...groups.values()];
  const whole = all.map(({ signature }) => signature).filter((each) => each.whole);
  return all
    .map(({ signature, reports }) => ({
      signature,
      reports: byDate(reports),
      perhaps: whole.filter((each) => isPartOf(signature, each)).map(({ name }) => name),
    }))
    .sort((a, b) => b.reports.length - a.reports.length);
}

/** Dates order only where every report has one. */
const byDate = (reports: readonly FoundReport[]): readonly FoundReport[] =>
  reports.every(({ date }) => date !== null)
    ? [...reports].sort((a, b) => (a.date ?? "").localeCompare(b.date ?? ""))
    : reports;

/** Whether a circle with a gap may be a whole one: it shows no edge that this one has not. */
const isPartOf = (part: Signature, whole: Signature): boolean =>
  !part.whole &&
  part.edges.length > 0 &&
  part.size <= whole.size &&
  part.edges.every((edge) => whole.edges.includes(edge));
