/** Waits that no lock stands for: a completion, a semaphore, a wait queue, a work that is flushed. */
import {
  type Scenario,
  type Statement,
  bool,
  complete,
  completion,
  down,
  fn,
  finish_wait,
  flush_work,
  if_,
  kthread_worker,
  kworkers,
  mutex,
  mutex_lock,
  mutex_unlock,
  not,
  prepare_to_wait,
  queue_work,
  scenario,
  schedule_on,
  semaphore,
  set,
  thread,
  up,
  variable,
  wait_event,
  wait_for_completion,
  wait_queue,
  wake_up,
  work_struct,
  workqueue,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const lock = mutex("dev->mutex");
const done = completion("done");

/** Returns a task that waits for a completion under a mutex which the completing task needs; `fixed`, after it. */
export function completionUnderMutex(options: StoryOptions = {}): Scenario {
  const wait = wait_for_completion(done);
  const body = options.fixed
    ? [mutex_lock(lock), mutex_unlock(lock), wait]
    : [mutex_lock(lock), wait, mutex_unlock(lock)];
  return scenario(title("a completion waited for under a mutex", options), {
    sizes: {},
    processes: [
      thread("waiter", body),
      thread("completer", [mutex_lock(lock), mutex_unlock(lock), complete(done)]),
    ],
  });
}

const a = semaphore("sem_a");
const b = semaphore("sem_b");

/** Returns two threads that take two semaphores, one of them the other way round unless `fixed`. */
export function semaphores(options: StoryOptions = {}): Scenario {
  const ab = [down(a), down(b), up(b), up(a)];
  const ba = [down(b), down(a), up(a), up(b)];
  return scenario(title("two semaphores", options), {
    sizes: {},
    processes: [thread("T0", ab), thread("T1", options.fixed ? ab : ba)],
  });
}

const queue = wait_queue("dev->wq");
const ready = variable("ready", bool);

/** Returns a task that looks at its condition before it joins the queue; `fixed`, it calls `wait_event()`. */
export function conditionBeforeQueue(options: StoryOptions = {}): Scenario {
  const early: readonly Statement[] = [
    if_(not(ready), [prepare_to_wait(queue), schedule_on(queue), finish_wait(queue)]),
  ];
  return scenario(title("a condition looked at too early", options), {
    sizes: {},
    processes: [
      thread("sleeper", options.fixed ? [wait_event(queue, ready)] : early),
      thread("waker", [set(ready, true, "ready = 1"), wake_up(queue)]),
    ],
  });
}

const reset = work_struct("dev->reset_work");
const events = workqueue("events", [reset]);

/** Returns a task that flushes a work under the mutex that the work takes; `fixed`, after it. */
export function flushUnderMutex(options: StoryOptions = {}): Scenario {
  const flush = flush_work(events, reset);
  const close = options.fixed
    ? [mutex_lock(lock), mutex_unlock(lock), flush]
    : [mutex_lock(lock), flush, mutex_unlock(lock)];
  const body = [mutex_lock(lock), mutex_unlock(lock)];
  return scenario(title("a work flushed under its mutex", options), {
    sizes: {},
    processes: [
      thread("close", [queue_work(events, reset), fn("dev_close", close)]),
      ...kworkers(events, [{ work: reset, fn: "dev_reset", body }]),
    ],
  });
}

const first = work_struct("first");
const second = work_struct("second");

const worker = kthread_worker("dev->worker", [reset]);

/** Returns the same with a `struct kthread_worker`, of which lockdep has no map. */
export function kthreadFlushUnderMutex(options: StoryOptions = {}): Scenario {
  const flush = flush_work(worker, reset);
  const take = [mutex_lock(lock), mutex_unlock(lock)];
  const close = options.fixed ? [...take, flush] : [mutex_lock(lock), flush, mutex_unlock(lock)];
  return scenario(title("a kthread's work flushed under its mutex", options), {
    sizes: {},
    processes: [
      thread("close", [queue_work(worker, reset), ...close]),
      ...kworkers(worker, [{ work: reset, fn: "dev_reset", body: take }]),
    ],
  });
}

/** Returns a work that flushes the one behind it, on a queue that runs one at a time; `fixed`, on one that does not. */
export function flushBehind(options: StoryOptions = {}): Scenario {
  const wq = workqueue("ordered", [first, second], options.fixed ? {} : { max_active: 1 });
  return scenario(title("a work that flushes the one behind it", options), {
    sizes: {},
    processes: [
      thread("user", [queue_work(wq, first), queue_work(wq, second)]),
      ...kworkers(wq, [
        { work: first, body: [flush_work(wq, second)] },
        { work: second, body: [] },
      ]),
    ],
  });
}

const fixed = { fixed: true };

/** The stories of waits. */
export const waitStories: readonly Story[] = [
  bad("completion", completionUnderMutex(), "deadlock", [9, 1]),
  safe("completion-fixed", completionUnderMutex(fixed), 12),
  bad("semaphores", semaphores(), "deadlock", [19, 2]),
  safe("semaphores-fixed", semaphores(fixed), 16),
  bad("wait-queue", conditionBeforeQueue(), "deadlock", [13, 4]),
  safe("wait-queue-fixed", conditionBeforeQueue(fixed), 22),
  bad("flush-work", flushUnderMutex(), "deadlock", [16, 3], "circular"),
  safe("flush-work-fixed", flushUnderMutex(fixed), 21),
  bad("kthread-worker", kthreadFlushUnderMutex(), "deadlock", [16, 3]),
  safe("kthread-worker-fixed", kthreadFlushUnderMutex(fixed), 21),
  bad("flush-behind", flushBehind(), "deadlock", [12, 4], "recursive"),
  safe("flush-behind-fixed", flushBehind(fixed), 20),
];
