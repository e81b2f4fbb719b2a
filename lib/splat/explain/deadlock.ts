/** What would have to happen at once for a real deadlock. */
import type { SplatReport } from "../report.js";
import type { SplatEdge } from "./edges.js";
import { edgesOf } from "./edges.js";
import { timelineOf } from "./timeline.js";
import { writerNeeded, onlyRead } from "./reading.js";
import { code, taskOf } from "./words.js";

/** The steps of the worst case, or why there is none. */
export function whatMustMeet(report: SplatReport): readonly string[] {
  switch (report.kind) {
    case "circular":
      return circle(report, edgesOf(report));
    case "recursive":
      return again(report);
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return scenario(report);
    case "wait-context":
      return [
        "Nothing needs to meet: the wait itself is what must not happen.",
        "On a kernel without PREEMPT_RT a spinlock_t does not sleep, so there it may never show; a mutex or rwsem under any spinlock can schedule with preemption off.",
      ];
    case "bad-unlock":
      return ["Nothing needs to meet: whoever holds the lock loses it, or its count goes wrong."];
    case "held-freed":
      return ["Nothing needs to meet: the later release writes into freed memory."];
    case "user-space":
    case "still-held":
    case "wq-leaked-lock":
      return [
        "The next one who wants the lock waits until this task releases it, perhaps for ever.",
      ];
    case "nested-not-taken":
      return [
        "Two tasks that nest locks of this class in opposite order, as no outer lock stops them.",
      ];
    case "rcu-usage":
      return [
        "An update on another CPU must free what this one reads, between the read of the pointer and its last use.",
      ];
    case "non-static-key":
    case "limit":
    case "bfs-error":
    case "invalid-subclass":
    case "bad-contention":
    case "debug-locks-warn":
    case "warn":
      return ["The report is about lockdep, not about a deadlock."];
  }
}

function circle(report: SplatReport, edges: readonly SplatEdge[]): readonly string[] {
  if (edges.length === 0) return ["The report is cut off before it names the circle."];
  const steps = edges.map(({ from, to, learnt }) => {
    const who = learnt === "now" ? "this task" : "another task or CPU";
    return `${who} holds ${code(from)} and waits for ${code(to)}`;
  });
  return [
    `All ${steps.length} at the same moment, each about the same locks (not only the same classes):`,
    ...steps,
    ...writerNeeded(
      report,
      edges.map(({ to }) => to),
    ),
  ];
}

function again({ acquiring, holding }: SplatReport): readonly string[] {
  const a = acquiring?.addr ?? null;
  const b = holding?.addr ?? null;
  if (a === null || b === null) {
    return [
      "The same lock twice: this task waits for itself. Two locks of the class: another task takes them in the other order.",
    ];
  }
  return a === b
    ? [`Nothing needs to meet: both are the lock at ${a}, so this task waits for itself now.`]
    : [
        `They are two locks, at ${b} and ${a}.`,
        "Another task must hold the second and wait for the first at the same moment.",
      ];
}

function scenario(report: SplatReport): readonly string[] {
  const timeline = timelineOf(report);
  if (timeline === null) return ["The report is cut off before its scenario."];
  const who = taskOf(report);
  const steps = timeline.steps.map(({ cpu, op, lock, waitsFor, indirect, inInterrupt }) => {
    const where =
      inInterrupt && op !== "<Interrupt>" ? `CPU ${cpu}, in the interrupt,` : `CPU ${cpu}`;
    if (op === "<Interrupt>") return `an interrupt comes on CPU ${cpu}`;
    if (lock === null) return `${where} switches interrupts off`;
    const reading = op === "rlock" || onlyRead(report, lock) ? " for reading" : "";
    if (waitsFor === null) return `${where} takes ${code(lock)}${reading}`;
    const through = indirect ? ", directly or through others," : "";
    const whom = waitsFor === cpu ? "the code that it interrupted" : `CPU ${waitsFor}`;
    const never = waitsFor === cpu ? " and cannot release any more" : "";
    return `${where} waits${through} for ${code(lock)}${reading}, which ${whom} holds${never}`;
  });
  const own =
    report.kind === "inconsistent"
      ? `What ${who} did is one half; the other half is what was registered earlier.`
      : "The report's task need be on neither CPU.";
  const locks = timeline.steps.map(({ lock }) => lock).filter((lock) => lock !== null);
  return [
    "One way to it, made up from the classes; nobody saw it happen:",
    ...steps,
    own,
    ...writerNeeded(report, locks),
  ];
}
