/** Timers: kernel/time/timer.c, run by the TIMER softirq, and kernel/time/hrtimer.c, run by a hardirq. */
import { expectName, expectOptions } from "../../primitives/option-names.js";
import { acquireFact, lockdepMap, touched } from "../kernel-locks/common.js";
import { this_cpu, in_hardirq } from "../kernel/cpu.js";
import { type Operand, at, not, smp_processor_id } from "../language/expr.js";
import type { Process } from "../language/process-type.js";
import { fn } from "../language/control-flow.js";
import { check, when } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";
import { type Raised, handlerOf, lowered, raise, raised } from "./one-at-a-time.js";

/** A `struct timer_list`, or a `struct hrtimer`. */
export interface Timer extends Raised {
  readonly kind: "timer" | "hrtimer";
  /** Where it expires: on any CPU, unless it was given one. */
  readonly on: Operand | "any";
  /** `timer->lockdep_map`; an hrtimer has none. */
  readonly map: Variable | null;
  /** Whether an hrtimer is one of `HRTIMER_MODE_HARD`, which PREEMPT_RT leaves in the hardirq. */
  readonly hard: boolean;
  /** Whether an hrtimer is one of `HRTIMER_MODE_SOFT`, which expires in a softirq. */
  readonly soft: boolean;
}

/** What a timer may be told. */
export interface TimerOptions {
  /** The CPU where it expires; `local` is the one that starts it, as with `TIMER_PINNED`; any, if left out. */
  readonly cpu?: number | "local";
  /** For an hrtimer: true for `HRTIMER_MODE_HARD`. */
  readonly hard?: boolean;
  /** For an hrtimer: true for `HRTIMER_MODE_SOFT`. */
  readonly soft?: boolean;
  /** The lock class of what a timer does; timers of one `timer_setup()` share it. */
  readonly className?: string;
}

const where = (cpu: TimerOptions["cpu"]): Timer["on"] =>
  cpu === "local" ? smp_processor_id() : (cpu ?? "any");

/**
 * Declares a timer, as `timer_setup()` does.
 *
 * @example
 * const t = timer("dev->timer");
 */
export function timer(name: string, options: TimerOptions = {}): Timer {
  expectName("timer", name);
  expectOptions(`timer("${name}")`, options, { cpu: true, className: true });
  const { cpu, className = `(&${name})` } = options;
  return {
    kind: "timer",
    ...raised(name),
    on: where(cpu),
    map: lockdepMap(`${name}.lockdep_map`, className),
    hard: false,
    soft: false,
  };
}

/** Declares a high resolution timer, as `hrtimer_init()` does. */
export function hrtimer(name: string, options: TimerOptions = {}): Timer {
  expectName("hrtimer", name);
  expectOptions(`hrtimer("${name}")`, options, { cpu: true, hard: true, soft: true });
  const { cpu, hard = false, soft = false } = options;
  if (hard && soft) {
    throw new TypeError(`hrtimer("${name}"): hard and soft; it expires in one of both`);
  }
  return { kind: "hrtimer", ...raised(name), on: where(cpu), map: null, hard, soft };
}

/** `mod_timer()`: it will expire, at any time from now on; from any context. */
export const mod_timer = (of: Timer): Statement => raise(`mod_timer(&${of.name})`, of, of.on);
/** `add_timer()` */
export const add_timer = (of: Timer): Statement => raise(`add_timer(&${of.name})`, of, of.on);
/** `add_timer_on()`: it will expire on that CPU. */
export const add_timer_on = (of: Timer, cpu: Operand): Statement =>
  raise(`add_timer_on(&${of.name})`, of, cpu);
/** `hrtimer_start()` */
export const hrtimer_start = (of: Timer): Statement =>
  raise(`hrtimer_start(&${of.name})`, of, of.on);

/** `timer_delete()`, once `del_timer()`: it does not wait for one that runs. */
export const timer_delete = (of: Timer): Step =>
  step(`timer_delete(&${of.name})`, { then: lowered(of) });
/** `del_timer()` */
export const del_timer = timer_delete;

/**
 * `timer_delete_sync()`, once `del_timer_sync()`: it spins until the timer runs no more. A misuse in a hardirq.
 *
 * Lockdep is told of the timer's map with IRQs off, before the wait (`__timer_delete_sync()`).
 *
 * @example
 * timer_delete_sync(timer("dev->timer"))
 */
export function timer_delete_sync(of: Timer): Statement {
  const label = `timer_delete_sync(&${of.name})`;
  const told: readonly Statement[] =
    of.map === null ? [] : [{ kind: "annotate", facts: [touched(at(of.map), true)] }];
  const allowed = check(not(this_cpu(in_hardirq)), `${label} in a hardirq`, "misuse");
  return fn("timer_delete_sync", [
    ...told,
    step(label, { when: not(of.running), then: [allowed, ...lowered(of)] }),
  ]);
}
/** `del_timer_sync()` */
export const del_timer_sync = timer_delete_sync;

/** `timer_delete_sync_try()`, once `try_to_del_timer_sync()`: one that runs is left as it is; nothing waits. */
export const timer_delete_sync_try = (of: Timer): Step =>
  step(`timer_delete_sync_try(&${of.name})`, { then: [when(not(of.running), lowered(of))] });
/** `try_to_del_timer_sync()` */
export const try_to_del_timer_sync = timer_delete_sync_try;

/** `hrtimer_cancel()`: it spins until the timer runs no more; lockdep has no map of it. */
export function hrtimer_cancel(of: Timer): Statement {
  const label = `hrtimer_cancel(&${of.name})`;
  return fn("hrtimer_cancel", [step(label, { when: not(of.running), then: lowered(of) })]);
}

/** `if (hrtimer_try_to_cancel(timer) >= 0) ...`: a timer that runs stays; nothing waits. */
export const hrtimer_try_to_cancel = (of: Timer): Step =>
  step(`hrtimer_try_to_cancel(&${of.name})`, { then: [when(not(of.running), lowered(of))] });

/**
 * Returns what a timer does when it expires: a softirq, of an hrtimer a hardirq unless it is one of `HRTIMER_MODE_SOFT`.
 *
 * @example
 * const lock = spinlock("lock");
 * timer_fn(timer("dev->timer"), "dev_timeout", [spin_lock(lock), spin_unlock(lock)])
 */
export function timer_fn(of: Timer, name: string, body: readonly Statement[]): Process {
  if (of.map === null) {
    if (of.soft) return handlerOf(of, name, { context: "softirq", body });
    return handlerOf(of, name, { context: "hardirq", threaded: !of.hard, body });
  }
  const lock = at(of.map);
  return handlerOf(of, name, {
    context: "softirq",
    facts: [[acquireFact(lock, {}, 0, false)], [{ kind: "release", lock }]],
    body,
  });
}
