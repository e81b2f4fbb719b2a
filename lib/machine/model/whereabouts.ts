/** Who is where in a state: the CPU of a process, the holder of a lock, what a process waits for. */
import { enabled, isEnabled } from "./step.js";
import { evaluate } from "./evaluate.js";
import { lockMapOf } from "./events.js";
import type { Instance, LockTarget, Model, State, Transition } from "./model.js";

/** Returns the CPU on which a process is; null for a device. */
export function cpuOf(model: Model, state: State, process: number): number | null {
  const cpu = model.processes[process]?.cpu;
  return cpu == null ? null : evaluate(cpu, state);
}

/** A lock that is held. */
export interface HeldLock {
  /** As printed: `rq->__lock[cpu0]`. */
  readonly lock: string;
  /** `cpu0`, or the name of the process that owns a mutex. */
  readonly owner: string;
}

/** Returns the locks that are held in a state, in the order of their declaration. */
export function heldLocks(model: Model, state: State): HeldLock[] {
  return model.slots.flatMap(({ variable, name }, at) => {
    const owner = state[at] ?? -1;
    if (variable?.lock == null || owner < 0) return [];
    const { domain } = variable;
    if (domain.kind === "process") {
      return [{ lock: name, owner: model.processes[owner]?.name ?? "?" }];
    }
    return [
      { lock: name, owner: domain.kind === "id" ? `${domain.set.name}${String(owner)}` : "" },
    ];
  });
}

/** Returns whether a process may wait forever where it is in a state. */
export function isAtEnd({ ends, rests, slot }: Instance, state: State): boolean {
  const at = state[slot] ?? 0;
  const rest = rests.get(at);
  return ends.has(at) || (rest !== undefined && evaluate(rest, state) !== 0);
}

/** A process that cannot go on. */
export interface Waiting {
  readonly process: string;
  /** The position of the process in `Model.processes`. */
  readonly number: number;
  /** The step that it would do next. */
  readonly label: string;
  /** Where the text stands that the step comes from; null of steps that were written as statements. */
  readonly at: Transition["at"];
  /** The lock that it would take, by the name that events have; null if it waits for something else. */
  readonly lock: string | null;
  readonly stack: readonly string[];
}

/** Returns the processes that wait in a state outside of their ends; devices never do. */
export function waiting(model: Model, state: State): Waiting[] {
  return model.processes.flatMap((process, number) => {
    const { name, kind, slot, leaving } = process;
    const at = state[slot] ?? 0;
    const next = leaving[at] ?? [];
    const [first] = next;
    if (kind === "device" || first === undefined || isAtEnd(process, state)) return [];
    if (next.some((t) => isEnabled(model, state, t))) return [];
    return [
      {
        process: name,
        number,
        label: first.label,
        at: first.at,
        lock: wanted(first, state),
        stack: first.stack,
      },
    ];
  });
}

/** Returns whether nothing but devices can move. */
export function isQuiescent(model: Model, state: State): boolean {
  return enabled(model, state).every((t) => model.processes[t.process]?.kind === "device");
}

function wanted(transition: Transition, state: State): string | null {
  const lock = lockWanted(transition);
  return lock === null ? null : lockMapOf(lock, state).id;
}

/**
 * Returns the lock that a step takes, of those that lockdep knows; null if it takes none. What lockdep is told before it,
 * of maps that are no locks, is told with it.
 */
export function lockWanted({ facts }: Transition): LockTarget | null {
  const asked = facts.flatMap(({ fact }) => (fact.kind === "acquire" ? [fact.lock] : []));
  const isTaken = ({ variable }: LockTarget): boolean =>
    facts.some(({ fact }) => fact.kind === "locked" && fact.lock.variable === variable);
  return asked.findLast(isTaken) ?? asked.at(-1) ?? null;
}
