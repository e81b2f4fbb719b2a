/** `p->__state` of a task. */

/** `p->__state`: the task is on a run queue or about to be. */
export const TASK_RUNNING = 0;
/** `p->__state`: the task sleeps, or is about to, until somebody wakes it. */
export const TASK_INTERRUPTIBLE = 1;
/**
 * `p->__state`: as TASK_INTERRUPTIBLE, since there are no signals here, and `wake_up_process()` wakes
 * both (`TASK_NORMAL`).
 */
export const TASK_UNINTERRUPTIBLE = TASK_INTERRUPTIBLE;
/** `p->__state`: a waker has claimed the task and looks for a CPU. */
export const TASK_WAKING = 2;
/** `p->__state`: the task has exited and never runs again. */
export const TASK_DEAD = 3;
