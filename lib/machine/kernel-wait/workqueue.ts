/**
 * Workqueues: kernel/workqueue.c of Linux 6.12. A work that is queued is executed once by a worker, never by two
 * at once; a task that flushes it waits for what was queued before.
 *
 * Lockdep hears of a flush only where there is something to wait for (`start_flush_work()`), and of the queue
 * as well where works have to wait for each other.
 */
import { acquireFact, notInAtomic, told, touched } from "../kernel-locks/common.js";
import { thread } from "../kernel/process.js";
import { at, current, not } from "../language/expr.js";
import type { Process } from "../language/process-type.js";
import { either, fn, forever } from "../language/control-flow.js";
import { type Effect, type FactTemplate, assign } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { sleepingOn } from "./blocking.js";
import {
  type Work,
  type Workqueue,
  barrierFor,
  dequeue,
  drained,
  ended,
  enqueue,
  isBusy,
  mayStart,
  passed,
  started,
} from "./work.js";

/** The name of a call: those of a `struct kthread_worker` have one of their own. */
const named = (wq: Workqueue, call: string): string => (wq.isKthread ? `kthread_${call}` : call);

/** What is told of maps: nothing of a `struct kthread_worker`, which has none. */
const ofMaps = (wq: Workqueue, ...facts: readonly FactTemplate[]): readonly FactTemplate[] =>
  wq.isKthread ? [] : facts;

/** `queue_work()`: from any context; a work that is pending already stays where it is. */
export function queue_work(wq: Workqueue, work: Work): Step {
  return step(`${named(wq, "queue_work")}(${wq.name}, &${work.name})`, { then: enqueue(wq, work) });
}

/**
 * `queue_delayed_work()`: the delay may be of any length, so that it is the same to the scenario as
 * `queue_work()`; on an ordered queue the work is taken to come due in the order of these calls.
 */
export function queue_delayed_work(wq: Workqueue, work: Work): Step {
  return step(`${named(wq, "queue_delayed_work")}(${wq.name}, &${work.name})`, {
    then: enqueue(wq, work),
  });
}

/** Waits for what was noted; lockdep is told before. */
function waitFor(
  call: string,
  works: readonly Work[],
  facts: readonly FactTemplate[],
  then: readonly Effect[] = [],
): readonly Statement[] {
  return [told(...facts), step(call, { when: passed(works), then })];
}

/** What lockdep is told of a flush: the work, and the queue where works wait for each other. */
const flushed = (wq: Workqueue, work: Work): readonly FactTemplate[] =>
  ofMaps(
    wq,
    touched(at(work.map)),
    ...(wq.maxActive === 1 || wq.WQ_MEM_RECLAIM ? [touched(at(wq.map))] : []),
  );

/**
 * `flush_work()`: waits until a work is done that is pending or runs. A misuse in atomic context.
 *
 * @example
 * const reset = work_struct("dev->reset_work");
 * const wq = workqueue("dev", [reset]);
 * flush_work(wq, reset)
 */
export function flush_work(wq: Workqueue, work: Work): Statement {
  const call = `${named(wq, "flush_work")}(&${work.name})`;
  const allowed = notInAtomic(call);
  const busy = isBusy(work);
  const sleeping = sleepingOn(work.pending);
  return fn(named(wq, "flush_work"), [
    either(
      [step(`${call} = false`, { when: not(busy), then: [allowed], sleeping })],
      [
        step("insert_wq_barrier()", { when: busy, then: [allowed, barrierFor(work)], sleeping }),
        ...waitFor(call, [work], flushed(wq, work)),
      ],
    ),
  ]);
}

/** `flush_delayed_work()` */
export const flush_delayed_work = flush_work;

/**
 * `cancel_work_sync()`: takes a pending work out of its queue, and waits for one that runs. Nobody can queue it
 * in the meantime. A misuse in atomic context.
 */
export function cancel_work_sync(wq: Workqueue, work: Work): Statement {
  const call = `${named(wq, "cancel_work_sync")}(&${work.name})`;
  const allowed = notInAtomic(call);
  const sleeping = sleepingOn(work.pending);
  const mine = at(work.cancelling, current());
  return fn(named(wq, "cancel_work_sync"), [
    either(
      [step(call, { when: not(work.running), then: [allowed, ...dequeue(wq, work)], sleeping })],
      [
        step("insert_wq_barrier()", {
          when: at(work.running),
          then: [allowed, ...dequeue(wq, work), assign(mine, true), barrierFor(work)],
          sleeping,
        }),
        ...waitFor(call, [work], ofMaps(wq, touched(at(work.map))), [assign(mine, false)]),
      ],
    ),
  ]);
}

/** `cancel_delayed_work_sync()` */
export const cancel_delayed_work_sync = cancel_work_sync;

/** `cancel_work()`: takes a pending work out of its queue, and waits for nothing. */
export function cancel_work(wq: Workqueue, work: Work): Step {
  return step(`cancel_work(&${work.name})`, { then: dequeue(wq, work) });
}

/** `cancel_delayed_work()` */
export const cancel_delayed_work = cancel_work;

/** `flush_workqueue()`: waits for all that is queued now. A misuse in atomic context. */
export function flush_workqueue(wq: Workqueue): Statement {
  const name = wq.isKthread ? "kthread_flush_worker" : "flush_workqueue";
  const call = `${name}(${wq.name})`;
  const start = step("flush_workqueue_prep_pwqs()", {
    then: [notInAtomic(call), ...wq.works.map(barrierFor)],
    ...(wq.works[0] === undefined ? {} : { sleeping: sleepingOn(wq.works[0].pending) }),
  });
  return fn(name, [
    told(...ofMaps(wq, touched(at(wq.map)))),
    start,
    step(call, { when: passed(wq.works) }),
  ]);
}

/** `drain_workqueue()`: waits until nothing is left, even what works have queued themselves. */
export function drain_workqueue(wq: Workqueue): Statement {
  const name = wq.isKthread ? "kthread_destroy_worker" : "drain_workqueue";
  const call = `${name}(${wq.name})`;
  return fn(name, [
    told(...ofMaps(wq, touched(at(wq.map)))),
    step(call, {
      when: drained(wq),
      then: [notInAtomic(call)],
      ...(wq.works[0] === undefined ? {} : { sleeping: sleepingOn(wq.works[0].pending) }),
    }),
  ]);
}

/** `destroy_workqueue()`, as far as it waits. */
export const destroy_workqueue = drain_workqueue;

/**
 * Returns the workers of a queue, one for each work: the kernel starts as many as are wanted.
 *
 * @param bodies what each work does, with the name of its function; one for each of the queue's works
 * @throws TypeError if a work of the queue has none
 * @example
 * const m = mutex("m");
 * const reset = work_struct("dev->reset_work");
 * const wq = workqueue("dev", [reset]);
 * kworkers(wq, [{ work: reset, fn: "dev_reset", body: [mutex_lock(m), mutex_unlock(m)] }])
 */
export function kworkers(
  wq: Workqueue,
  bodies: readonly {
    readonly work: Work;
    readonly fn?: string;
    readonly body: readonly Statement[];
  }[],
): readonly Process[] {
  return wq.works.map((work): Process => {
    const found = bodies.find((of) => of.work === work);
    if (found === undefined) {
      throw new TypeError(
        `kworkers("${wq.name}"): what does ${work.name} do? { work, body } says it`,
      );
    }
    const { fn: name = work.name, body } = found;
    const maps = wq.isKthread ? [] : [at(wq.map), at(work.map)];
    const runs = wq.isKthread ? "kthread_worker_fn" : "process_one_work";
    return thread(`${wq.isKthread ? wq.name : "kworker"}/${work.name}`, [
      forever([
        step(`${runs}(${work.name})`, {
          when: mayStart(wq, work),
          then: [...dequeue(wq, work), assign(work.running, true), started(work)],
          end: true,
        }),
        fn(runs, [
          told(...maps.map((map) => acquireFact(map, {}, 0, false))),
          fn(name, body),
          told(...[...maps].reverse().map((lock) => ({ kind: "release" as const, lock }))),
          step(`${name} done`, { then: [assign(work.running, false), ended(work)] }),
        ]),
      ]),
    ]);
  });
}

/** Returns `work_busy()`: whether a work is pending or runs. */
export const work_busy = isBusy;
