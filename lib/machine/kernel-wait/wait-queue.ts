/**
 * Wait queues: kernel/sched/wait.c. A task that has joined one sleeps until it is woken, whatever has happened
 * before: a task that looks at the condition before it joins can sleep forever.
 *
 * What the kernel does under `wq_head->lock` is one step. Waiters have no order: of the exclusive ones any may
 * be woken.
 */
import { lockdepMap, notInAtomic, touched } from "../kernel-locks/common.js";
import { type Expr, type Operand, and, at, current, every, not, or } from "../language/expr.js";
import { PROCESS } from "../language/id-set.js";
import { choose } from "../language/choose.js";
import { either, fn, if_, loop_until } from "../language/control-flow.js";
import { assign, each } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Dimension, type Variable, bool, variable } from "../language/variable.js";
import { sleepingOn } from "./blocking.js";
import { signal_pending } from "./signal.js";

/** A queue of tasks that wait. */
export interface WaitQueue {
  readonly kind: "wait_queue";
  readonly name: string;
  /** Which tasks sleep, or are about to. */
  readonly waiting: Variable;
  /** Which of them `wake_up()` wakes one at a time. */
  readonly exclusive: Variable;
  readonly lock: Variable;
}

/**
 * Declares a `wait_queue_head_t`.
 *
 * @example
 * const wq = wait_queue("dev->wq");
 */
export function wait_queue(
  name: string,
  {
    per = [],
    className = `&${name}`,
    raw = false,
  }: {
    readonly per?: readonly Dimension[];
    readonly className?: string;
    /** Whether its lock is a `raw_spinlock_t`, as that of a `swait_queue_head` is; false by default. */
    readonly raw?: boolean;
  } = {},
): WaitQueue {
  const perTask = [...per, PROCESS];
  return {
    kind: "wait_queue",
    name,
    waiting: variable(`${name}.waiting`, bool, { per: perTask }),
    exclusive: variable(`${name}.exclusive`, bool, { per: perTask }),
    lock: lockdepMap(`${name}.lock`, className, { per, waitInner: raw ? 2 : 3 }),
  };
}

/** Adds the task to the queue and sets its state: the first half of going to sleep. */
const joining =
  (call: string, exclusive: boolean) =>
  (of: WaitQueue, index: readonly Operand[] = []): Step =>
    step(`${call}(&${of.name})`, {
      then: [
        assign(at(of.waiting, ...index, current()), true),
        assign(at(of.exclusive, ...index, current()), exclusive),
      ],
      facts: [touched(at(of.lock, ...index), true)],
    });

/** `prepare_to_wait()`: from here on a wakeup is not missed. */
export const prepare_to_wait = joining("prepare_to_wait", false);
/** `prepare_to_wait_exclusive()`: `wake_up()` wakes one of those. */
export const prepare_to_wait_exclusive = joining("prepare_to_wait_exclusive", true);

/**
 * `schedule()` of a task in a wait queue, without a scheduler: it sleeps until it is woken. Where it is in no
 * queue any more, it was woken before, and goes on.
 */
export function schedule_on(of: WaitQueue, index: readonly Operand[] = []): Step {
  return step("schedule()", {
    when: not(at(of.waiting, ...index, current())),
    then: [notInAtomic("schedule()")],
    sleeping: sleepingOn(of.waiting),
  });
}

/** `finish_wait()` */
export function finish_wait(of: WaitQueue, index: readonly Operand[] = []): Step {
  return step(`finish_wait(&${of.name})`, {
    then: [
      assign(at(of.waiting, ...index, current()), false),
      assign(at(of.exclusive, ...index, current()), false),
    ],
    facts: [touched(at(of.lock, ...index), true)],
  });
}

/** What else ends a wait, and what is then done. */
interface Ending {
  readonly by: Operand;
  readonly otherwise: readonly Statement[];
  /** Whether it is the time that is up, which may be at any moment. */
  readonly timeout?: boolean;
}

const waiting =
  (call: string, exclusive: boolean) =>
  (
    of: WaitQueue,
    condition: Operand,
    index: readonly Operand[],
    then: readonly Statement[],
    ending: Ending | null,
  ): Statement => {
    const join = joining(exclusive ? "prepare_to_wait_exclusive" : "prepare_to_wait", exclusive);
    const leave = fn(call, [finish_wait(of, index)]);
    const asleep = at(of.waiting, ...index, current());
    const timeout = ending?.timeout === true;
    const awake = ending === null ? not(asleep) : or(not(asleep), ending.by);
    const allowed = step("might_sleep()", {
      then: [notInAtomic(`${call}(${of.name})`)],
      sleeping: sleepingOn(of.waiting),
    });
    const exits = [{ test: condition, then: [leave, ...then] }];
    const ends =
      ending === null
        ? []
        : [{ test: ending.by, then: [leave, ...ending.otherwise], may: timeout }];
    const sleep = fn("schedule", [step("schedule()", { when: timeout ? true : awake })]);
    const loop = loop_until([...exits, ...ends], [fn(call, [sleep, join(of, index)])]);
    // One arm: a jump in `then` is one of the code around the call.
    return either([fn(call, [allowed]), if_(condition, then, [fn(call, [join(of, index)]), loop])]);
  };

/**
 * `wait_event()`: sleeps until the condition holds, which is looked at each time that the queue is woken.
 *
 * @param condition over shared variables; it is a step of its own, before the task joins and after it
 * @param index that of an array of queues
 * @example
 * const wq = wait_queue("dev->wq");
 * const ready = variable("ready", bool);
 * const waits = wait_event(wq, ready);
 * const wakes = [set(ready, true), wake_up(wq)];
 */
export function wait_event(
  of: WaitQueue,
  condition: Operand,
  index: readonly Operand[] = [],
): Statement {
  return waiting("wait_event", false)(of, condition, index, [], null);
}

/** `wait_event_exclusive()`, of which `wake_up()` wakes one. */
export function wait_event_exclusive(
  of: WaitQueue,
  condition: Operand,
  index: readonly Operand[] = [],
): Statement {
  return waiting("wait_event_exclusive", true)(of, condition, index, [], null);
}

/** `if (wait_event_interruptible(wq, condition) == 0) then else otherwise`: a signal ends it, see `signals()`. */
export function wait_event_interruptible(
  of: WaitQueue,
  condition: Operand,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  const ending = { by: signal_pending(), otherwise };
  return waiting("wait_event_interruptible", false)(of, condition, index, then, ending);
}

/** `if (wait_event_timeout(wq, condition, jiffies)) then else otherwise`: its time may be up at any moment. */
export function wait_event_timeout(
  of: WaitQueue,
  condition: Operand,
  then: readonly Statement[] = [],
  otherwise: readonly Statement[] = [],
  index: readonly Operand[] = [],
): Statement {
  const ending = { by: true, otherwise, timeout: true };
  return waiting("wait_event_timeout", false)(of, condition, index, then, ending);
}

const waking =
  (call: string) =>
  (of: WaitQueue, index: readonly Operand[] = []): Statement => {
    const waits = (task: Operand): Expr => at(of.waiting, ...index, task);
    const exclusive = (task: Operand): Expr => at(of.exclusive, ...index, task);
    const facts = [touched(at(of.lock, ...index), true)];
    const label = `${call}(&${of.name})`;
    const others = each(PROCESS, (task) => [
      {
        kind: "if",
        test: not(exclusive(task)),
        then: [assign(at(of.waiting, ...index, task), false)],
        else: [],
      },
    ]);
    const one = choose(PROCESS, (task) =>
      step(label, {
        when: and(waits(task), exclusive(task)),
        then: [others, assign(at(of.waiting, ...index, task), false)],
        facts,
      }),
    );
    const none = step(label, {
      when: every(PROCESS, (task) => not(and(waits(task), exclusive(task)))),
      then: [others],
      facts,
    });
    return either([one], [none]);
  };

/** `wake_up()`: all that do not wait exclusively, and one that does. From any context. */
export const wake_up = waking("wake_up");
/** `wake_up_interruptible()`: as `wake_up()`. */
export const wake_up_interruptible = waking("wake_up_interruptible");

/** `wake_up_all()`: exclusive or not. */
export function wake_up_all(of: WaitQueue, index: readonly Operand[] = []): Step {
  return step(`wake_up_all(&${of.name})`, {
    then: [each(PROCESS, (task) => [assign(at(of.waiting, ...index, task), false)])],
    facts: [touched(at(of.lock, ...index), true)],
  });
}

/** Returns `waitqueue_active()`: whether anybody is in the queue. */
export const waitqueue_active = (of: WaitQueue, index: readonly Operand[] = []): Expr =>
  not(every(PROCESS, (task) => not(at(of.waiting, ...index, task))));
