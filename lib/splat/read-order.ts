/** The order that texts of any of the known forms tell of, together. */
import { readSplats } from "./read/read.js";
import { classNameOf } from "./signature/class-name.js";
import { orderOfProc } from "./order/of-proc.js";
import { orderOfReport } from "./order/of-report.js";
import { joined, renamed, type OrderGraph } from "./order/order.js";
import { isProcLockdep, readProcLockdep, type ProcLockdep } from "./order/read-proc.js";
import { orderOfTrace } from "./trace/of-trace.js";
import { isLockTrace, readLockTrace } from "./trace/read-trace.js";
import { replayTrace } from "./trace/replay-trace.js";

/** A text and what it is called. */
export interface OrderText {
  readonly name: string;
  readonly text: string;
}

/** What was read, with what to know of it. */
export interface OrderRead {
  readonly graph: OrderGraph;
  readonly reports: number;
  readonly notes: readonly string[];
}

/**
 * Reads reports, traces of locks, `/proc/lockdep` and `/proc/lockdep_chains` into one order.
 *
 * Classes of one name have numbers (`#2`) that hold for one boot. With a machine's own files, or
 * one report, they stay; of several reports alone they are taken off, so that classes of one name
 * count as one.
 *
 * @param texts of files, in any order
 */
export function readOrder(texts: readonly OrderText[]): OrderRead {
  const procs = texts.filter(({ text }) => isProcLockdep(text));
  const reports = texts.flatMap(({ name, text }) => {
    const all = readSplats(text);
    return all.map((report, at) => ({
      name: all.length === 1 ? name : `${name}, report ${at + 1}`,
      graph: orderOfReport(report, all.length === 1 ? name : `${name}, report ${at + 1}`),
    }));
  });
  const read = procs.map(({ name, text }) => ({ name, proc: readProcLockdep(text) }));
  // The two files of one machine belong together: the chains are the witnesses of the edges.
  const machine = together(read.map(({ proc }) => proc));
  const source = procs.map(({ name }) => name).join(", ");
  const merges = procs.length === 0 && reports.length > 1;
  const traces = texts
    .filter(({ text }) => isLockTrace(text))
    .map(({ name, text }) => ({ name, replay: replayTrace(readLockTrace(text)) }));
  const all = joined([
    ...reports.map(({ graph }) => graph),
    ...traces.map(({ name, replay }) => orderOfTrace(replay, name)),
    ...(procs.length === 0 ? [] : [orderOfProc(machine, source)]),
  ]);
  return {
    graph: merges ? renamed(all, classNameOf) : all,
    reports: reports.length,
    notes: [
      ...reports
        .filter(({ graph }) => graph.edges.length === 0)
        .map(({ name }) => `${name}: the report tells of no order between locks`),
      ...(merges ? ["classes that differ in their number of this boot (#2) count as one"] : []),
      ...traces.flatMap(({ name, replay }) => replay.notes.map((note) => `${name}: ${note}`)),
      ...notesOn(machine, procs.length),
    ],
  };
}

const together = (all: readonly ProcLockdep[]): ProcLockdep => ({
  classes: all.flatMap(({ classes }) => classes),
  chains: all.flatMap(({ chains }) => chains),
  unread: all.flatMap(({ unread }) => unread),
});

function notesOn({ classes, chains, unread }: ProcLockdep, files: number): readonly string[] {
  const [first] = unread;
  return [
    ...(files > 0 && classes.length === 0 && chains.length > 0
      ? [
          "chains alone: a trylock is in them like any lock, so that an edge may be none; give /proc/lockdep too",
        ]
      : []),
    ...(first === undefined
      ? []
      : [
          `${unread.length === 1 ? "A line" : `${unread.length} lines`} of the machine's files ${unread.length === 1 ? "was" : "were"} not understood; line ${first.line}: ${first.text}`,
        ]),
  ];
}
