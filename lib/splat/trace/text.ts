/** What a trace tells of orders, in words, for a terminal. */
import { counted, grouped } from "../../primitives/counted.js";
import { circlesIn } from "../order/circles.js";
import { circleName } from "../order/what-if.js";
import { paragraph } from "../explain/format/wrap.js";
import { pathOf } from "../explain/words/words.js";
import { printReport } from "../print/index.js";
import type { StackFrame } from "../report/index.js";
import type { TraceEdge, TraceWitness } from "./edges.js";
import { instancesOf } from "./instances.js";
import { orderOfTrace } from "./of-trace.js";
import type { TraceReplay } from "./replay-trace.js";

/** The most witnesses of an edge that are printed. */
const most = 3;

/**
 * Returns what a trace tells: its edges with the stacks of both locks, the circles, whether the
 * locks that were seen close them, and what the lab's lockdep says.
 *
 * @param all every edge, not only those of circles
 */
export function traceText(replay: TraceReplay, all: boolean): string {
  const { edges, report, acquisitions, locks, tasks, notes } = replay;
  const { circles, complete } = circlesIn(orderOfTrace(replay, "the trace"));
  const round = new Set(circles.flat().map(({ from, to }) => `${from}\n${to}`));
  const shown = all ? edges : edges.filter(({ from, to }) => round.has(`${from}\n${to}`));
  const lines = [
    `${counted(acquisitions, "acquisition")} of ${counted(locks, "lock")} by ${counted(tasks, "task")}: ${counted(edges.length, "edge")}, ${complete ? "" : "at least "}${counted(circles.length, "circle")}`,
    ...notes.flatMap((note) => paragraph(note, "  - ")),
    ...circles.flatMap((circle) => {
      const way = instancesOf(circle, edges);
      return [
        "",
        ...paragraph(circleName(circle)),
        ...paragraph(
          way === null
            ? "The locks that were seen do not close it: the classes meet in different locks only."
            : `The locks that were seen close it: ${way.join(" -> ")}.`,
          "  ",
        ),
      ];
    }),
    ...shown.flatMap(edgeLines),
    "",
    report === null
      ? "The lab's lockdep says nothing."
      : `The lab's lockdep says:\n${printReport(report).trimEnd()}`,
  ];
  return `${lines.join("\n").replace(/`/g, "")}\n`;
}

function edgeLines({ from, to, count, pairs, witnesses }: TraceEdge): readonly string[] {
  const left = witnesses.length - most;
  return [
    "",
    ...paragraph(
      `${from} -> ${to}: ${counted(count, "time")}, ${counted(pairs.length, "pair of locks", "pairs of locks")}`,
    ),
    ...witnesses.slice(0, most).flatMap(witnessLines),
    ...(left > 0 ? [`  and ${grouped(left)} more with other stacks`] : []),
  ];
}

const witnessLines = (witness: TraceWitness): readonly string[] => [
  ...paragraph(
    `${witness.comm}/${String(witness.pid)} on CPU ${String(witness.cpu)} at ${witness.time}${witness.count > 1 ? `, ${grouped(witness.count)} times` : ""}`,
    "  - ",
  ),
  ...paragraph(`held by ${stackOf(witness.heldBy)}`, "      "),
  ...paragraph(`taken by ${stackOf(witness.frames)}`, "      "),
];

const stackOf = (frames: readonly StackFrame[]): string =>
  frames.length === 0 ? "a stack that the trace does not have" : pathOf(frames, 8);
