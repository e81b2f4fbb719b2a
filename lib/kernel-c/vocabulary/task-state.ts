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
  assign,
  check,
  eq,
  may_sleep,
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

const schedule: CallRow = does("", (call) => [
  step(call.text, {
    when: eq(stateOf(call, "current"), TASK_RUNNING),
    then: [check(may_sleep(), `${call.text} in atomic context`, "misuse")],
  }),
]);

const wakeUp: CallRow = gives("task", (call) => {
  const state = stateOf(call, 0);
  call.emit(step(call.text, { then: [assign(state, TASK_RUNNING)] }));
  return { op: "const", value: 1 };
});

export const taskStateFamily: Family = {
  name: "task-state",
  calls: {
    set_current_state: setState,
    __set_current_state: setState,
    schedule,
    io_schedule: schedule,
    wake_up_process: wakeUp,
  },
  constants: {
    TASK_RUNNING,
    TASK_INTERRUPTIBLE,
    TASK_UNINTERRUPTIBLE,
    TASK_KILLABLE: TASK_UNINTERRUPTIBLE,
    TASK_IDLE: TASK_UNINTERRUPTIBLE,
  },
};
