/**
 * Sequence counters and locks: include/linux/seqlock.h. A reader that began before a write begins or ends has to
 * begin again; one that begins during a write spins until its end, with whatever it interrupted.
 *
 * Instead of the count, the state has for each reader whether it changed since it began.
 */
import { in_hardirq, in_softirq, irqs_enabled, preempt_count, this_cpu } from "../kernel/cpu.js";
import { type Expr, type Operand, at, current, eq, not, or } from "../language/expr.js";
import { PROCESS } from "../language/id-set.js";
import { fn } from "../language/control-flow.js";
import { assign, check, each } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Dimension, type Variable, bool, variable } from "../language/variable.js";
import { acquireFact, lockdepMap, touched } from "./common.js";
import { spin_lock, spin_unlock, spinlock } from "./spinlock.js";

/** A `seqcount_t`. */
export interface Seqcount {
  readonly kind: "seqcount";
  readonly name: string;
  /** Whether a write is under way: the count is odd. */
  readonly odd: Variable;
  readonly changed: Variable;
  readonly map: Variable;
}

/** A `seqlock_t`: a sequence counter, and the spinlock of its writers. */
export interface Seqlock {
  readonly kind: "seqlock";
  readonly name: string;
  readonly seqcount: Seqcount;
  readonly lock: Variable;
}

/**
 * Declares a `seqcount_t`, as `seqcount_init()` does.
 *
 * @param per the dimensions of an array of them: the calls then take the index
 */
export const seqcount = (
  name: string,
  className = `&${name}`,
  per: readonly Dimension[] = [],
): Seqcount => ({
  kind: "seqcount",
  name,
  odd: variable(`${name}.odd`, bool, { per }),
  changed: variable(`${name}.changed`, bool, { per: [PROCESS, ...per] }),
  map: lockdepMap(`${name}.dep_map`, className, { per, key: name }),
});

type Index = readonly Operand[];

/**
 * Declares a `seqlock_t`.
 *
 * @example
 * const jiffies_seq = seqlock("jiffies_lock");
 */
export const seqlock = (name: string): Seqlock => ({
  kind: "seqlock",
  name,
  seqcount: seqcount(`${name}.seqcount`, "&____s->seqcount"),
  lock: spinlock(`${name}.lock`, { className: `&(&${name})->lock` }),
});

const begun = (call: string, of: Seqcount, index: Index = []): Statement =>
  fn(call, [
    { kind: "annotate", facts: [touched(at(of.map, ...index), true, 2)] },
    step(`${call}(&${of.name})`, {
      when: not(at(of.odd, ...index)),
      then: [assign(at(of.changed, current(), ...index), false)],
    }),
  ]);

/** `read_seqcount_begin()`: spins while a write is under way. */
export const read_seqcount_begin = (of: Seqcount, index: Index = []): Statement =>
  begun("read_seqcount_begin", of, index);
/** `read_seqbegin()` */
export const read_seqbegin = ({ seqcount: of }: Seqlock): Statement => begun("read_seqbegin", of);

/** Returns `read_seqcount_retry()`: whether the reader has to begin again. */
export const read_seqcount_retry = ({ changed }: Seqcount, index: Index = []): Expr =>
  at(changed, current(), ...index);
/** Returns `read_seqretry()`. */
export const read_seqretry = ({ seqcount: of }: Seqlock): Expr => read_seqcount_retry(of);

const change = (of: Seqcount, index: Index) =>
  each(PROCESS, (task) => [assign(at(of.changed, task, ...index), true)]);

const writeBegun = (
  label: string,
  of: Seqcount,
  index: Index = [],
  more: Parameters<typeof step>[1] = {},
): Step =>
  step(label, {
    then: [
      ...(more.then ?? []),
      check(not(at(of.odd, ...index)), `${label}: another write is under way`, "misuse"),
      assign(at(of.odd, ...index), true),
      change(of, index),
    ],
    facts: [acquireFact(at(of.map, ...index), {}, 0, false)],
  });

const writeEnded = (label: string, of: Seqcount, index: Index = []): Step =>
  step(label, {
    then: [assign(at(of.odd, ...index), false), change(of, index)],
    facts: [{ kind: "release", lock: at(of.map, ...index) }],
  });

/**
 * `write_seqcount_begin()`: for the writer to see to that there is no other. A misuse where it can be preempted,
 * as `lockdep_assert_preemption_disabled()` says: a reader would spin until it has its CPU back.
 */
export function write_seqcount_begin(of: Seqcount, index: Index = []): Step {
  const label = `write_seqcount_begin(&${of.name})`;
  const atomic = or(
    not(eq(this_cpu(preempt_count), 0)),
    not(this_cpu(irqs_enabled)),
    this_cpu(in_hardirq),
    this_cpu(in_softirq),
  );
  return writeBegun(label, of, index, {
    then: [check(atomic, `${label} with preemption on`, "misuse")],
  });
}
/** `write_seqcount_end()` */
export const write_seqcount_end = (of: Seqcount, index: Index = []): Step =>
  writeEnded(`write_seqcount_end(&${of.name})`, of, index);

/** `write_seqlock()` */
export const write_seqlock = ({ name, lock, seqcount: of }: Seqlock): Statement =>
  fn("write_seqlock", [spin_lock(lock), writeBegun(`write_seqlock(&${name})`, of)]);
/** `write_sequnlock()` */
export const write_sequnlock = ({ name, lock, seqcount: of }: Seqlock): Statement =>
  fn("write_sequnlock", [writeEnded(`write_sequnlock(&${name})`, of), spin_unlock(lock)]);
