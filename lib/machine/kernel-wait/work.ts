/** What a workqueue keeps of its works: which are pending, which run, who waits for which, and their order. */
import { expectName, expectOptions } from "../../primitives/option-names.js";
import { lockdepMap } from "../kernel-locks/common.js";
import { type Expr, and, at, cond, current, eq, not, or, some } from "../language/expr.js";
import { PROCESS } from "../language/id-set.js";
import { type Effect, assign, each, when } from "../language/effect.js";
import { type Variable, bool, int, variable } from "../language/variable.js";

/** A `struct work_struct`. */
export interface Work {
  readonly kind: "work";
  readonly name: string;
  readonly pending: Variable;
  /** Whether a worker executes it: never two do. */
  readonly running: Variable;
  /** What each task waits for that flushes it: 1 that it ends, 2 that it starts and ends. */
  readonly barrier: Variable;
  /** Which tasks are in `cancel_work_sync()`, so that it cannot be queued again. */
  readonly cancelling: Variable;
  /** `(work_completion)(&name)` */
  readonly map: Variable;
}

/** A `struct workqueue_struct`. */
export interface Workqueue {
  readonly kind: "workqueue";
  readonly name: string;
  readonly works: readonly Work[];
  /** How many of its works may run at once; null for as many as there are. */
  readonly maxActive: number | null;
  /** The works that are pending, in their order, by number from 1; kept if not all may run at once. */
  readonly queue: Variable;
  readonly WQ_MEM_RECLAIM: boolean;
  /** Whether it is a `struct kthread_worker`, of which lockdep has no maps. */
  readonly isKthread: boolean;
  /** `(wq_completion)name` */
  readonly map: Variable;
}

/** What a workqueue may be told. */
export interface WorkqueueOptions {
  /** How many works may run at once; 1 for `alloc_ordered_workqueue()`. Without it, each has its worker. */
  readonly max_active?: number;
  /** Whether it has a rescuer, so that lockdep takes flushing a work for flushing the queue. */
  readonly WQ_MEM_RECLAIM?: boolean;
}

/**
 * Declares a `struct work_struct`, as `INIT_WORK()` does.
 *
 * @param className the lock class of what it does; works of one `INIT_WORK()` share it
 * @example
 * work_struct("dev->reset_work").map.lock?.name // "(work_completion)(&dev->reset_work)"
 */
export function work_struct(
  name: string,
  { className = `(work_completion)(&${name})` }: { readonly className?: string } = {},
): Work {
  const perTask = [PROCESS];
  return {
    kind: "work",
    name,
    pending: variable(`${name}.pending`, bool),
    running: variable(`${name}.running`, bool),
    barrier: variable(`${name}.barrier`, int(0, 2), { per: perTask }),
    cancelling: variable(`${name}.cancelling`, bool, { per: perTask }),
    map: lockdepMap(`${name}.lockdep_map`, className),
  };
}

/**
 * Declares a workqueue with the works that are queued there.
 *
 * @throws TypeError if no work is given
 * @example
 * const reset = work_struct("dev->reset_work");
 * const wq = workqueue("dev", [reset], { max_active: 1 });
 */
export function workqueue(
  name: string,
  works: readonly Work[],
  options: WorkqueueOptions = {},
): Workqueue {
  expectName("workqueue", name);
  expectOptions(`workqueue("${name}")`, options, { max_active: true, WQ_MEM_RECLAIM: true });
  const { max_active = 0, WQ_MEM_RECLAIM = false } = options;
  const given: unknown = works;
  if (!Array.isArray(given) || given.length === 0) {
    throw new TypeError(
      `workqueue("${name}"): the works that are queued there are wanted, in a list`,
    );
  }
  const maxActive = max_active > 0 && max_active < works.length ? max_active : null;
  return {
    kind: "workqueue",
    name,
    works,
    maxActive: max_active === 1 ? 1 : maxActive,
    queue: variable(`${name}.queue`, int(0, works.length), { per: [works.length] }),
    WQ_MEM_RECLAIM,
    isKthread: false,
    map: lockdepMap(`${name}.lockdep_map`, `(wq_completion)${name}`),
  };
}

/**
 * Declares a `struct kthread_worker`: one thread, which does one work after another. Lockdep knows nothing of those who
 * wait for it.
 *
 * @param works what `kthread_queue_work()` queues there
 * @example
 * const work = work_struct("dev->work");
 * const worker = kthread_worker("dev->worker", [work]);
 */
export const kthread_worker = (name: string, works: readonly Work[]): Workqueue => ({
  ...workqueue(name, works, { max_active: 1 }),
  isKthread: true,
});

/** Whether works have to wait for each other, so that their order matters. */
export const isOrdered = ({ maxActive, works }: Workqueue): boolean =>
  maxActive !== null && works.length > 1;

/**
 * Returns the number of a work in its queue, from 1.
 *
 * @throws TypeError if it is not one of its works
 */
export function numberOf(wq: Workqueue, work: Work): number {
  const at = wq.works.indexOf(work);
  if (at >= 0) return at + 1;
  const names = wq.works.map(({ name }) => name).join(", ");
  throw new TypeError(`workqueue "${wq.name}" has no work "${work.name}"; it was given ${names}`);
}

/** Whether a work is queued or runs. */
export const isBusy = ({ pending, running }: Work): Expr => or(pending, running);

/** Returns whether `queue_work()` would queue a work: it is not pending, and nobody cancels it. */
export const mayQueue = ({ pending, cancelling }: Work): Expr =>
  and(not(pending), not(some(PROCESS, (task) => at(cancelling, task))));

/** Puts a work at the end of the queue, unless it is pending, or somebody cancels it. */
export function enqueue(wq: Workqueue, work: Work): readonly Effect[] {
  const number = numberOf(wq, work);
  const append = (from: number): readonly Effect[] =>
    from >= wq.works.length
      ? []
      : [when(eq(at(wq.queue, from), 0), [assign(at(wq.queue, from), number)], append(from + 1))];
  return [when(mayQueue(work), [...(isOrdered(wq) ? append(0) : []), assign(work.pending, true)])];
}

/** Takes a work out of the queue, wherever it is there. */
export function dequeue(wq: Workqueue, work: Work): readonly Effect[] {
  const number = numberOf(wq, work);
  const last = wq.works.length - 1;
  const shift = (from: number): readonly Effect[] => [
    ...Array.from({ length: last - from }, (_, more) =>
      assign(at(wq.queue, from + more), at(wq.queue, from + more + 1)),
    ),
    assign(at(wq.queue, last), 0),
  ];
  const remove = (from: number): readonly Effect[] =>
    from > last ? [] : [when(eq(at(wq.queue, from), number), shift(from), remove(from + 1))];
  return [...(isOrdered(wq) ? remove(0) : []), assign(work.pending, false)];
}

/** Whether a worker may begin with a work. */
export function mayStart(wq: Workqueue, work: Work): Expr {
  const ready = and(work.pending, not(work.running));
  if (!isOrdered(wq)) return ready;
  const active = wq.works.reduce<Expr>(
    (sum, { running }) => ({ op: "binary", by: "+", left: sum, right: at(running) }),
    { op: "const", value: 0 },
  );
  const room: Expr = {
    op: "binary",
    by: "<",
    left: active,
    right: { op: "const", value: wq.maxActive ?? 1 },
  };
  return and(ready, eq(at(wq.queue, 0), numberOf(wq, work)), room);
}

/** Those who wait for the start of a work wait for its end from now on. */
export const started = ({ barrier }: Work): Effect =>
  each(PROCESS, (task) => [
    assign(at(barrier, task), cond(eq(at(barrier, task), 2), 1, at(barrier, task))),
  ]);

/** Those who wait for the end of a work go on. */
export const ended = ({ barrier }: Work): Effect =>
  each(PROCESS, (task) => [
    assign(at(barrier, task), cond(eq(at(barrier, task), 1), 0, at(barrier, task))),
  ]);

/** The caller waits for what a work has to do as of now. */
export const barrierFor = ({ barrier, pending, running }: Work): Effect =>
  assign(at(barrier, current()), cond(pending, 2, cond(running, 1, 0)));

/** Whether all is done that the caller waits for. */
export const passed = (works: readonly Work[]): Expr =>
  and(...works.map(({ barrier }) => eq(at(barrier, current()), 0)));

/** Whether nothing of a queue is left to be done. */
export const drained = ({ works }: Workqueue): Expr =>
  and(...works.map((work) => not(isBusy(work))));
