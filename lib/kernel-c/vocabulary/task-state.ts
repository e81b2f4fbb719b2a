/**
 * Tasks that sleep and are woken: include/linux/sched.h, `set_current_state()` and `schedule()`.
 *
 * A thread here has a CPU for itself, so that `schedule()` only waits until it is woken; what a scheduler
 * does beside that, with its locks, is `scheduler()` of the machine.
 */
import {
  type Element,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  TASK_UNINTERRUPTIBLE,
  and,
  assign,
  at,
  check,
  current,
  eq,
  may_sleep,
  might_sleep,
  not,
  or,
  schedule_on,
  set,
  step,
} from "../../machine/index.js";
import { type Call, type CallRow, type Family, does, gives } from "./family.js";

const stateOf = (call: Call, task: "current" | number): Element =>
  call.member(
    task === "current" ? call.current() : call.pointer(task, "task_struct"),
    "task_struct",
    "__state",
  );

const setState: CallRow = does("state", (call) => [
  set(stateOf(call, "current"), call.value(0), call.text),
]);

/** Waits until it is woken: by its state, or in the queues that it has joined, where it has joined some. */
const schedule: CallRow = does("", (call) => {
  const [queue, ...more] = call.joined;
  const state = queue === undefined ? stateOf(call, "current") : call.taskState();
  if (queue !== undefined && more.length === 0 && state === null) {
    return [schedule_on(queue.object, queue.index)];
  }
  const queues = queue === undefined ? [] : [queue, ...more];
  const out = queues.map(({ object, index }) => not(at(object.waiting, ...index, current())));
  const running = state === null ? [] : [eq(state, TASK_RUNNING)];
  const awake = or(...running, ...(out.length === 0 ? [] : [and(...out)]));
  return [
    step("schedule()", {
      when: awake,
      then: [
        check(may_sleep(), `${call.text} in atomic context`, "misuse"),
        ...(state === null || out.length === 0 ? [] : [assign(state, TASK_RUNNING)]),
      ],
    }),
  ];
});

const wakeUp: CallRow = gives("task", (call) => {
  const state = stateOf(call, 0);
  call.emit(step(call.text, { then: [assign(state, TASK_RUNNING)] }));
  return { op: "const", value: 1 };
});

/** A time passes, of any length: nothing but that it may not be done everywhere. */
const sleeps = (takes: string): CallRow => does(takes, () => [might_sleep()]);

export const taskStateFamily: Family = {
  name: "task-state",
  calls: {
    set_current_state: setState,
    __set_current_state: setState,
    schedule,
    io_schedule: schedule,
    wake_up_process: wakeUp,
    msleep: sleeps("msecs"),
    ssleep: sleeps("seconds"),
    usleep_range: sleeps("min, max"),
    fsleep: sleeps("usecs"),
    cond_resched: sleeps(""),
  },
  constants: {
    TASK_RUNNING,
    TASK_INTERRUPTIBLE,
    TASK_UNINTERRUPTIBLE,
    TASK_KILLABLE: TASK_UNINTERRUPTIBLE,
    TASK_IDLE: TASK_UNINTERRUPTIBLE,
  },
  instead: {
    kthread_run: "a comment says what runs: lab: thread FUNCTION",
    kthread_create: "a comment says what runs: lab: thread FUNCTION",
    kthread_should_stop: "a flag of the file, read with READ_ONCE()",
    kthread_stop: "set the flag that the thread reads, and wait for its completion",
  },
};
