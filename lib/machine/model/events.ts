/** What lockdep and the timeline get to see of a step. */
import type { Event, ReadMode } from "../../primitives/event.js";
import { instanceId, type LockMap } from "../../primitives/lock.js";
import { evaluate } from "./evaluate.js";
import type { LockTarget, Model, ResolvedFact, State, Transition } from "./model.js";

/**
 * Returns the events of a transition taken in a state, in order.
 *
 * A handler's events carry the number of the task that it interrupted; a CPU on which no task of
 * the scenario runs has an idle task, numbered after all processes.
 */
export function eventsOf(model: Model, state: State, transition: Transition): Event[] {
  const process = model.processes[transition.process];
  if (process?.cpu == null) return [];
  const cpu = evaluate(process.cpu, state);
  const task = process.kind === "task" ? transition.process : taskOn(model, state, cpu);
  return transition.facts.map((resolved) => eventOf(resolved, state, cpu, task));
}

/** Returns the number of the task that has a CPU, interrupted or not. */
export function taskOn(model: Model, state: State, cpu: number): number {
  const found = model.processes.findIndex(
    (p) =>
      p.kind === "task" &&
      p.cpu !== null &&
      evaluate(p.cpu, state) === cpu &&
      evaluate(p.hasCpu, state) !== 0,
  );
  return found < 0 ? model.processes.length + cpu : found;
}

/** Returns the lock instance that a fact is about, as lockdep knows it. */
export function lockMapOf(target: LockTarget, state: State): LockMap {
  const { lock, variable, index } = target;
  const members = index.map((i) => evaluate(i, state));
  const { name, key, waitInner, waitOuter, lockType, compare, since } = lock;
  return {
    id: instanceId(variable, members),
    name,
    key,
    waitInner,
    ...(waitOuter === 0 ? {} : { waitOuter }),
    ...(lockType === undefined ? {} : { lockType }),
    ...(compare === undefined ? {} : { compare }),
    ...(since === undefined ? {} : { since }),
  };
}

const readMode = (value: number): ReadMode => (value === 0 ? 0 : value === 1 ? 1 : 2);

function eventOf({ fact, stack }: ResolvedFact, state: State, cpu: number, task: number): Event {
  const place = { cpu, task, stack };
  switch (fact.kind) {
    case "acquire": {
      const { subclass, trylock, read, nest, lock } = fact;
      return {
        ...place,
        kind: "acquire",
        map: lockMapOf(lock, state),
        subclass,
        trylock,
        read: readMode(evaluate(read, state)),
        check: fact.check && lock.lock.validate,
        nestLock: nest === null ? null : lockMapOf(nest, state),
      };
    }
    case "locked":
      return { ...place, kind: "locked", map: lockMapOf(fact.lock, state), read: fact.read };
    case "release":
    case "downgrade":
    case "unlocked":
      return { ...place, kind: fact.kind, map: lockMapOf(fact.lock, state) };
    case "assert_held":
      return { ...place, kind: fact.kind, map: lockMapOf(fact.lock, state), held: fact.held };
    case "sync":
      return { ...place, kind: fact.kind, map: lockMapOf(fact.lock, state), read: fact.read };
    case "touch": {
      const { read, irqsave } = fact;
      return { ...place, kind: fact.kind, map: lockMapOf(fact.lock, state), read, irqsave };
    }
    case "set_subclass":
      return {
        ...place,
        kind: fact.kind,
        map: lockMapOf(fact.lock, state),
        subclass: fact.subclass,
        ...(fact.as === undefined ? {} : { as: fact.as }),
      };
    case "pin":
    case "unpin":
    case "free":
      return { ...place, kind: fact.kind, map: lockMapOf(fact.lock, state) };
    case "rcu_warn":
      return {
        ...place,
        kind: fact.kind,
        unless: fact.unless,
        maps: fact.maps.map((map) => lockMapOf(map, state)),
        message: fact.message,
      };
    case "lockdep":
    case "nmi":
      return { ...place, kind: fact.kind, on: fact.on };
    case "restore_hardirqs":
      return { ...place, kind: "hardirqs", on: evaluate(fact.to, state) !== 0 };
    case "hardirqs":
    case "softirqs":
    case "assert_irqs":
      return { ...place, kind: fact.kind, on: fact.on };
    case "enter":
      return {
        ...place,
        kind: fact.kind,
        context: fact.context,
        ...(fact.threaded === true ? { threaded: true } : {}),
      };
    case "exit":
      return { ...place, kind: fact.kind, context: fact.context };
    case "return_to_user":
      return { ...place, kind: fact.kind };
  }
}
