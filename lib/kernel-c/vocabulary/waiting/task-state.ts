/**
 * Tasks that sleep and are woken: include/linux/sched.h, `set_current_state()` and `schedule()`.
 *
 * A thread here has a CPU for itself, so that `schedule()` only waits until it is woken; what a scheduler
 * does beside that, with its locks, is `scheduler()` of the machine.
 */
import {
  type Effect,
  type Element,
  type Expr,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
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
  processOf,
  schedule_on,
  set,
  step,
  when,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type PassedArgument,
  does,
  gives,
} from "../row/index.js";
import { simpleQueueType, waitQueueType } from "./wait-queue.js";

const ownState = (call: Call): Element => call.member(call.current(), "task_struct", "__state");

const setState: CallRow = does("state", (call) => [set(ownState(call), call.value(0), call.text)]);

/** Waits until it is woken: by its state, or in the queues that it has joined, where it has joined some. */
const schedule: CallRow = does("", (call) => {
  const [queue, ...more] = call.joined;
  const state = queue === undefined ? ownState(call) : call.taskState();
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

const TASK_NORMAL = 3;
/** Another number than that of a sleep that a signal ends; the states of a scheduler of the text are 2 and 3. */
const TASK_UNINTERRUPTIBLE = 4;

/** Wakes a task: by the scheduler that the file has, or by its state alone. */
export function wakes(call: Call, task: Expr): void {
  const pointer: PassedArgument = {
    kind: "pointer",
    tag: "task_struct",
    set: call.poolOf("task_struct"),
    expr: task,
  };
  const args: readonly PassedArgument[] = [
    pointer,
    { kind: "number", value: TASK_NORMAL },
    { kind: "number", value: 0 },
  ];
  if (call.runs("wake_up_process", args) || call.runs("try_to_wake_up", args)) return;
  const state = call.member(task, "task_struct", "__state");
  call.emit(step(call.text, { then: [assign(state, TASK_RUNNING), ...leaves(call, task)] }));
}

/** A task that is woken is off its wait queue: it looks at its condition again. */
function leaves(call: Call, task: Expr): readonly Effect[] {
  const queues = [waitQueueType, simpleQueueType].flatMap((type) => call.world.elements(type));
  if (queues.length === 0) return [];
  return call.world.tasks.flatMap((name, which) => {
    const left = queues.map(({ object, index }) =>
      assign(at(object.waiting, ...index, processOf(name)), false),
    );
    if (task.op === "const") return task.value === which ? left : [];
    return [when(eq(task, which), left)];
  });
}

const wakeUp: CallRow = gives("task, ...", (call) => {
  wakes(call, call.pointer(0, "task_struct"));
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
    wake_up_state: wakeUp,
    try_to_wake_up: wakeUp,
    msleep: sleeps("msecs"),
    ssleep: sleeps("seconds"),
    usleep_range: sleeps("min, max"),
    fsleep: sleeps("usecs"),
    cond_resched: sleeps(""),
    cond_resched_rcu: sleeps(""),
    cond_resched_tasks_rcu_qs: sleeps(""),
    msleep_interruptible: gives("msecs", (call) => {
      call.emit(might_sleep());
      return { op: "const", value: 0 };
    }),
    usleep_range_idle: sleeps("min, max"),
    yield: sleeps(""),
    schedule_timeout_interruptible: sleeps("timeout"),
    schedule_timeout_killable: sleeps("timeout"),
    schedule_timeout_uninterruptible: sleeps("timeout"),
    schedule_timeout_idle: sleeps("timeout"),
  },
  instead: {
    ...Object.fromEntries(
      ["ktime_get", "ktime_get_ns", "local_clock", "sched_clock", "get_jiffies_64"].map((name) => [
        name,
        "what time it is is open: nondet_bool() where something depends on it",
      ]),
    ),
    ...Object.fromEntries(
      [
        "time_after",
        "time_before",
        "time_after_eq",
        "time_before_eq",
        "ktime_before",
        "ktime_after",
      ].map((name) => [
        name,
        "what time it is is open: nondet_bool() says that a time has passed, or not",
      ]),
    ),
    task_work_add:
      "call the function where the thread returns to user mode, as at the end of its own function",
    ...Object.fromEntries(
      ["task_rq_lock", "rq_lock", "double_rq_lock", "raw_spin_rq_lock", "lock_task_sighand"].map(
        (name) => [name, "the locks of tasks and run queues are for the file to declare"],
      ),
    ),
    ...Object.fromEntries(
      ["blocking", "atomic", "raw", "srcu"].map((kind) => [
        `${kind}_notifier_call_chain`,
        `call the functions of the chain here${kind === "blocking" ? ", under its rwsem" : ""}`,
      ]),
    ),
    ...Object.fromEntries(
      ["pm_runtime_get_sync", "pm_runtime_resume_and_get", "pm_runtime_put_sync"].map((name) => [
        name,
        "call here what resumes or suspends the device",
      ]),
    ),
    init_task_work: "nothing: call the function where the thread returns to user mode",
    task_work_run: "call the function here",
    stop_machine:
      "a struct percpu_rw_semaphore: percpu_down_read() around what runs elsewhere, percpu_down_write() here, and cpus_read_lock() around both",
    stop_one_cpu: "a thread on that CPU, and a completion that it completes",
    set_cpus_allowed_ptr:
      "a thread stays on the CPU that its comment names: lab: thread FUNCTION on CPU",
    schedule_timeout:
      "schedule() waits for a wakeup, msleep() for a time: where both may end the wait, wait_event_timeout()",
  },
  constants: {
    TASK_RUNNING,
    TASK_INTERRUPTIBLE,
    TASK_UNINTERRUPTIBLE,
    TASK_KILLABLE: TASK_UNINTERRUPTIBLE,
    TASK_IDLE: TASK_UNINTERRUPTIBLE,
    TASK_NORMAL,
  },
};
