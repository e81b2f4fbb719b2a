/** What a verdict is about: only verdicts about the same thing can agree, or be right and wrong. */
import type { Result } from "../explore/index.js";
import type { Report } from "../lockdep/index.js";
import {
  type Model,
  type State,
  enabled,
  replay,
  takeStep,
  translate,
  waiting,
} from "../machine/index.js";

/**
 * - `order`: tasks and interrupts that wait for each other's locks, now or some day;
 * - `context`: what must not be done in atomic context, or in an RCU section;
 * - `use`: a lock that is dropped by a task that does not hold it, or never;
 * - `wait`: somebody waits forever, and no lock of lockdep's is part of it;
 * - `other`: a broken invariant, data used by two at once, a bound that is too small.
 */
export type Subject = "order" | "context" | "use" | "wait" | "other";

/** Returns what lockdep complains of. */
export function subjectOf(report: Report): Subject {
  switch (report.kind) {
    case "circular":
    case "recursive":
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return "order";
    case "wait-context":
      return "context";
    case "warn":
      return report.message.startsWith("suspicious RCU usage") ? "context" : "use";
    case "bad-unlock":
    case "nested-not-taken":
    case "held-freed":
    case "user-space":
    case "still-held":
      return "use";
    default:
      return "other";
  }
}

/** What the explorer found, as far as it is known. */
export type Found = Pick<Result, "verdict"> & Partial<Pick<Result, "violations" | "scenario">>;

/** What a violation is about, and the lock classes that are part of it; null if those are not known. */
export interface Finding {
  readonly subject: Subject;
  readonly classes: readonly string[] | null;
  /** The classes of maps that stand for a wait which is no lock: those of a flushed workqueue, say. */
  readonly maps: readonly string[];
}

const inAtomic = /atomic|sleeping function|preemption on|in a hardirq/;
const unheld = /hold it|not held|nobody reads|no section was entered|held; is an unlock/;

/** Returns what the explorer complains of, each violation once. */
export function findingsOf({ verdict, violations, scenario }: Found): readonly Finding[] {
  if (violations === undefined || scenario === undefined) {
    return [{ subject: verdict === "deadlock" ? "order" : "other", classes: null, maps: [] }];
  }
  const model = translate(scenario);
  return Object.values(violations).map(({ property, message, schedule }): Finding => {
    // A process that spins for what none will do waits, but not for a lock of lockdep's.
    if (property === "livelock") return { subject: "wait", classes: [], maps: [] };
    if (property === "deadlock") {
      const { classes, maps } = waitsAfter(model, schedule);
      return { subject: classes.length > 0 ? "order" : "wait", classes, maps };
    }
    if (property !== "misuse") return { subject: "other", classes: null, maps: [] };
    const subject = inAtomic.test(message) ? "context" : unheld.test(message) ? "use" : "other";
    return { subject, classes: null, maps: [] };
  });
}

/** A state from which more steps than this can be taken without a rest goes round in circles. */
const mostSteps = 2000;

/** What is waited for where the others have gone as far as they can: lock classes, and maps that stand for waits. */
function waitsAfter(
  model: Model,
  schedule: readonly number[],
): { readonly classes: readonly string[]; readonly maps: readonly string[] } {
  let state = replay(model, schedule).final;
  const way = [...schedule];
  const seen = new Set<string>();
  for (let steps = 0; steps < mostSteps && !seen.has(state.join()); steps++) {
    seen.add(state.join());
    const next = enabled(model, state).find(
      ({ process }) => model.processes[process]?.kind !== "device",
    );
    if (next === undefined) break;
    way.push(next.id);
    state = takeStep(model, state, next).state;
  }
  const blocked = waiting(model, state);
  const wanted = new Set(blocked.flatMap(({ lock }) => lock ?? []));
  // Lockdep is told of such a map in the call that waits.
  const calls = new Set(
    blocked.flatMap(({ lock, number, stack }) => (lock === null ? [callOf(number, stack)] : [])),
  );
  const maps = replay(model, way).steps.flatMap(({ transition: { process }, events }) =>
    events.flatMap((event) =>
      "map" in event && calls.has(callOf(process, event.stack)) ? [event.map.name] : [],
    ),
  );
  const told = blocked.flatMap(({ lock, number }) =>
    lock === null ? toldBefore(model, state, number) : [],
  );
  const classes = [...wanted].map((id) => classNameOf(model, id));
  return { classes, maps: [...new Set([...maps, ...told])] };
}

/** What lockdep is told of before a process takes the step that it waits for: the map of a sequence counter, say. */
function toldBefore({ processes }: Model, state: State, number: number): readonly string[] {
  const process = processes[number];
  const next = process?.leaving[state[process.slot] ?? -1] ?? [];
  return next
    .flatMap(({ facts, early }) => facts.slice(0, early))
    .flatMap(({ fact }) => ("lock" in fact ? [fact.lock.lock.name] : []));
}

const callOf = (process: number, stack: readonly string[]): string => [process, ...stack].join();

/** The class of a lock instance, as lockdep prints it. */
function classNameOf({ transitions }: Model, id: string): string {
  const variable = id.split("@")[0];
  for (const { facts } of transitions) {
    for (const { fact } of facts) {
      if ("lock" in fact && fact.lock.variable === variable) return fact.lock.lock.name;
    }
  }
  return id;
}
