/** What would have to happen at once for a real deadlock. */
import type { Evidence } from "../../evidence/evidence.js";
import { onlyRead } from "../../evidence/reading.js";
import { code, taskOf } from "./words.js";

/** Returns the steps of the worst case, or why there is none. */
export function whatMustMeet(evidence: Evidence): readonly string[] {
  const { report } = evidence;
  switch (report.kind) {
    case "circular":
      return circle(evidence);
    case "recursive":
      return again(evidence);
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return scenario(evidence);
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

function circle(evidence: Evidence): readonly string[] {
  const { edges } = evidence;
  if (edges.length === 0) return ["The report is cut off before it names the circle."];
  const steps = edges.map(({ from, to, learnt }) => {
    const who = learnt === "now" ? "this task" : "another task or CPU";
    return `${who} holds ${code(from)} and waits for ${code(to)}`;
  });
  return [
    `All ${steps.length} at the same moment, each about the same locks (not only the same classes):`,
    ...steps,
    ...writerNeeded(
      evidence,
      edges.map(({ to }) => to),
    ),
  ];
}

function again({ wanted, holding }: Evidence): readonly string[] {
  const a = wanted?.addr ?? null;
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

function scenario(evidence: Evidence): readonly string[] {
  const { report, timeline } = evidence;
  if (timeline === null) return ["The report is cut off before its scenario."];
  const who = taskOf(report);
  const steps = timeline.steps.map(({ cpu, op, lock, waitsFor, indirect, inInterrupt }) => {
    const where =
      inInterrupt && op !== "<Interrupt>" ? `CPU ${cpu}, in the interrupt,` : `CPU ${cpu}`;
    if (op === "<Interrupt>") return `an interrupt comes on CPU ${cpu}`;
    if (lock === null) return `${where} switches interrupts off`;
    const reading = op === "rlock" || readOnly(evidence, lock) ? " for reading" : "";
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
    ...writerNeeded(evidence, locks),
  ];
}

const readOnly = ({ mentions, report }: Evidence, name: string): boolean =>
  onlyRead(mentions, name, report.kernel?.version ?? null);

/** What it takes for readers to wait for each other; nothing where there are none. */
function writerNeeded(evidence: Evidence, names: readonly string[]): readonly string[] {
  const read = [...new Set(names)].filter((name) => readOnly(evidence, name));
  return read.map(
    (name) =>
      `${code(name)} was only seen taken for reading: a reader waits for a reader only if a writer queues between the two.`,
  );
}
