/** What would have to happen at once for a real deadlock. */
import type { SplatReport } from "../report.js";
import type { SplatEdge } from "./edges.js";
import { edgesOf } from "./edges.js";
import { timelineOf } from "./timeline.js";
import { code, pathOf, taskOf } from "./words.js";

/** The steps of the worst case, or why there is none. */
export function whatMustMeet(report: SplatReport): readonly string[] {
  switch (report.kind) {
    case "circular":
      return circle(edgesOf(report));
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

function circle(edges: readonly SplatEdge[]): readonly string[] {
  if (edges.length === 0) return ["The report is cut off before it names the circle."];
  const steps = edges.map(({ from, to, learnt, frames }, at) => {
    const who = learnt === "now" ? "this task" : `another task or CPU (${at + 1})`;
    const where = frames.length === 0 ? "" : `, on ${pathOf(frames, 3)}`;
    return `${who} holds ${code(from)} and waits for ${code(to)}${where}`;
  });
  return [
    `All ${steps.length} at the same moment, each about the same locks (not only the same classes):`,
    ...steps,
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
  const steps = timeline.steps.map(({ cpu, op, lock, waitsFor, inInterrupt }) => {
    const where =
      inInterrupt && op !== "<Interrupt>" ? `CPU ${cpu}, in the interrupt,` : `CPU ${cpu}`;
    if (op === "<Interrupt>") return `an interrupt comes on CPU ${cpu}`;
    if (lock === null) return `${where} switches interrupts off`;
    if (waitsFor === null) return `${where} takes ${code(lock)}`;
    const whom = waitsFor === cpu ? "what it interrupted" : `CPU ${waitsFor}`;
    return `${where} waits for ${code(lock)}, which ${whom} holds`;
  });
  const own =
    report.kind === "inconsistent"
      ? `What ${who} did is one half; the other half is what was registered earlier.`
      : "No CPU of these need be the one that the report is from.";
  return ["In this order, without anyone getting further in between:", ...steps, own];
}
