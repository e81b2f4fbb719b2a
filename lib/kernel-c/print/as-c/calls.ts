/** Primitives by their calls: what a statement of the machine is called with in the kernel. */
import type { Element, FactTemplate, Statement, Step } from "../../../machine/index.js";
import { stepsIn } from "./inside.js";
import { placeInC, type Writing } from "./expressions.js";

/** What is taken or dropped by these, by its address. */
const onLock =
  /^(?:(?:raw_)?spin_(?:lock|unlock|trylock)(?:_irq|_bh)?|(?:read|write)_(?:lock|unlock)(?:_irq|_bh)?|(?:rt_)?mutex_(?:lock|unlock|trylock)|(?:down|up)_(?:read|write)|downgrade_write|percpu_(?:down|up)_(?:read|write))$/;
const withFlags = /^((?:raw_)?spin|read|write)_(?:lock_irqsave|unlock_irqrestore)$/;
const onBit = /^bit_spin_(?:un|try)?lock$/;
const alone =
  /^(?:local_(?:irq|bh)_(?:disable|enable)|preempt_(?:disable|enable)|rcu_read_(?:un)?lock|synchronize_rcu|might_sleep|lockdep_o(?:n|ff)|cpus_(?:read|write)_(?:un)?lock)$/;

/** Objects that are no locks, by the calls that take them, with the macros that declare them. */
const objects: readonly (readonly [calls: RegExp, definer: string, type: string])[] = [
  [/^(?:down|up)$/, "DEFINE_SEMAPHORE", "struct semaphore"],
  [/^(?:wait_for_completion|complete|complete_all)$/, "DECLARE_COMPLETION", "struct completion"],
  [/^wake_up(?:_all)?$/, "DECLARE_WAIT_QUEUE_HEAD", "wait_queue_head_t"],
];

/** Returns a call as C, without a semicolon; null if a statement is none that is known. */
export function callInC(name: string, body: readonly Statement[], with_: Writing): string | null {
  const steps = stepsIn(body);
  const facts = [...steps.flatMap((of) => of.facts), ...annotated(body)];
  const lock = lockOf(facts, name);
  if (lock !== null && onBit.test(name)) return `${name}(0, &${placeInC(lock, with_)})`;
  if (lock !== null && (onLock.test(name) || withFlags.test(name))) {
    return lockCall(name, lock, facts, steps, with_);
  }
  if (alone.test(name)) return `${name}()`;
  const [label = ""] = steps.map((of) => of.label);
  const [, arg] = /^\w+\(&?([^(),]*)\)/.exec(label) ?? [];
  const kind = objects.find(([calls]) => calls.test(name));
  if (kind === undefined || arg === undefined) return null;
  const [, definer, type] = kind;
  const more = name === "down" || name === "up" ? `, ${String(countOf(steps, arg))}` : "";
  return `${name}(&${with_.declarations.object(arg, definer, type, more)})`;
}

function lockCall(
  name: string,
  lock: Element,
  facts: readonly FactTemplate[],
  steps: readonly Step[],
  with_: Writing,
): string | null {
  const address = `&${placeInC(lock, with_)}`;
  if (withFlags.test(name)) {
    const flags = flagsIn(steps);
    return flags === null ? null : `${name}(${address}, ${placeInC(flags, with_)})`;
  }
  const taken = facts.find((of) => of.kind === "acquire" && of.lock.variable === lock.variable);
  if (taken?.kind !== "acquire" || (taken.subclass === 0 && taken.nest === null)) {
    return `${name}(${address})`;
  }
  if (taken.nest !== null) return `${name}_nest_lock(${address}, &${placeInC(taken.nest, with_)})`;
  return `${name}_nested(${address}, ${String(taken.subclass)})`;
}

/** The lock that a call is for. */
function lockOf(facts: readonly FactTemplate[], name: string): Element | null {
  for (const of of facts) {
    if (!("lock" in of)) continue;
    const { kind } = of.lock.variable.lock ?? {};
    if (kind === "lockdep_map" && !name.startsWith("percpu")) continue;
    return of.lock;
  }
  return null;
}

/** The variable that holds the flags: what is assigned whether IRQs were on, or put back. */
function flagsIn(steps: readonly Step[]): Element | null {
  for (const { label, effects, facts } of steps) {
    for (const of of facts) if (of.kind === "restore_hardirqs") return of.to;
    if (!label.startsWith("local_irq_save(")) continue;
    for (const of of effects) {
      if (of.kind === "assign" && of.value.op === "read") return of.to;
    }
  }
  return null;
}

/** Returns what a semaphore begins with. */
function countOf(steps: readonly Step[], name: string): number {
  for (const { effects } of steps) {
    for (const of of effects) {
      if (of.kind !== "assign" || !of.to.variable.name.startsWith(name)) continue;
      const { init } = of.to.variable;
      if (typeof init === "number") return init;
    }
  }
  return 1;
}

const annotated = (body: readonly Statement[]): readonly FactTemplate[] =>
  body.flatMap((of) =>
    of.kind === "annotate" ? of.facts : "body" in of ? annotated(of.body) : [],
  );
