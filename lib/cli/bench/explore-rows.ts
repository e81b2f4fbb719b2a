/** What `lab bench explore` measured of one model, as lines. */
import { median } from "./measure.js";
import type { Seconds, SpinRun } from "../spin.js";

/** A thing that is timed again and again. */
export interface Row {
  readonly what: (typeof rowNames)[keyof typeof rowNames];
  readonly times: readonly SpinRun[];
}

/** What can be timed. */
export const rowNames = {
  graph: "lab, the same graph",
  whole: "lab, whole answer",
  threads: "lab, two threads",
  first: "lab, new process",
  anew: "lab, all code anew",
  spin: "SPIN, unreduced",
  reducedSpin: "SPIN, partial order",
} as const;

/**
 * Returns the medians of a model's rows and the ratios between them.
 *
 * @param made what the making of SPIN's verifiers took, one for each of its rows
 */
export function bothSides(rows: readonly Row[], made: readonly Seconds[]): string {
  return [...rows.map(print), ...ratios(rows, made)].join("\n");
}

const secondsOf = ({ times }: Row): Seconds => ({
  cpu: median(times.map(({ seconds }) => seconds.cpu)),
  clock: median(times.map(({ seconds }) => seconds.clock)),
});

const finished = ({ times }: Row): boolean => times.every(({ complete }) => complete);

const shown = (seconds: number): string =>
  seconds < 1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;

function print(row: Row): string {
  const { cpu, clock } = secondsOf(row);
  const states = row.times[0]?.states ?? 0;
  const rate = `${(states / cpu / 1e6).toFixed(2)} M/s`;
  const times = `${shown(cpu).padStart(10)} of CPU time ${shown(clock).padStart(10)} by the clock`;
  const columns = [row.what.padEnd(20), String(states).padStart(12), "states", times];
  const cut = finished(row) ? "" : "not finished";
  return `  ${[...columns, rate.padStart(10), cut].join(" ")}`.trimEnd();
}

/** Returns how often the lab fits into SPIN's time; at least so often, where SPIN did not finish. */
function ratios(rows: readonly Row[], made: readonly Seconds[]): string[] {
  return [...threadRatio(rows), ...spinRatios(rows, made)];
}

/** Returns how much sooner two threads are done than one. */
function threadRatio(rows: readonly Row[]): string[] {
  const clock = (what: Row["what"]): number[] =>
    rows.filter((r) => r.what === what).map((r) => secondsOf(r).clock);
  const [one] = clock(rowNames.whole);
  return clock(rowNames.threads).map(
    (two) => `  two threads: ${((one ?? NaN) / two).toFixed(2)} x sooner than one by the clock`,
  );
}

function spinRatios(rows: readonly Row[], made: readonly Seconds[]): string[] {
  const find = (what: Row["what"]): Row | undefined => rows.find((r) => r.what === what);
  const spin = find(rowNames.spin);
  const reducedSpin = find(rowNames.reducedSpin);
  if (spin === undefined || reducedSpin === undefined) return [];
  const lines: string[] = [];
  const graph = find(rowNames.graph);
  if (graph !== undefined) {
    const rate = (of: Row): number => (of.times[0]?.states ?? 0) / secondsOf(of).cpu;
    lines.push(
      `  the same graph: ${(rate(graph) / rate(spin)).toFixed(1)} x SPIN's states a second`,
    );
  }
  const all = [spin, reducedSpin].map((row, at) => ({ row, made: made[at] }));
  const ended = all.filter(({ row }) => finished(row));
  const [best = all[0]] = ended.sort((a, b) => secondsOf(a.row).cpu - secondsOf(b.row).cpu);
  if (best === undefined) return lines;
  const atLeast = ended.length === 0 ? "at least " : "";
  const times = (what: Row["what"], of: Seconds): string => {
    const row = find(what);
    if (row === undefined) return "?";
    const lab = secondsOf(row);
    const [cpu, clock] = [of.cpu / lab.cpu, of.clock / lab.clock].map((x) => x.toFixed(0));
    return `${atLeast}${cpu ?? ""} x sooner than SPIN's best, ${clock ?? ""} x by the clock`;
  };
  const run = secondsOf(best.row);
  const { cpu = 0, clock = 0 } = best.made ?? {};
  const withMaking = { cpu: run.cpu + cpu, clock: run.clock + clock };
  return [
    ...lines,
    `  the whole answer: ${times(rowNames.whole, run)}`,
    `  of a new process: ${times(rowNames.first, run)}`,
    `  the same, all code made anew: ${times(rowNames.anew, run)}`,
    `  the same, what makes SPIN's verifier (${shown(cpu)}) included: ${times(rowNames.anew, withMaking)}`,
  ];
}
