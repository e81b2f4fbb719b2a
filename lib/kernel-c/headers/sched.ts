import type { SourceFile } from "../parse/source.js";

export const sched: SourceFile = {
  file: "include/linux/sched.h",
  text: String.raw`/* Whether somebody wants the lock, or the CPU, is open. */
static int cond_resched_lock(spinlock_t *lock)
{
	if (nondet_bool()) {
		spin_unlock(lock);
		cond_resched();
		spin_lock(lock);
		return 1;
	}
	return 0;
}

static int cond_resched_rwlock_read(rwlock_t *lock)
{
	if (nondet_bool()) {
		read_unlock(lock);
		cond_resched();
		read_lock(lock);
		return 1;
	}
	return 0;
}

static int cond_resched_rwlock_write(rwlock_t *lock)
{
	if (nondet_bool()) {
		write_unlock(lock);
		cond_resched();
		write_lock(lock);
		return 1;
	}
	return 0;
}

static void schedule_preempt_disabled(void)
{
	preempt_enable_no_resched();
	schedule();
	preempt_disable();
}

static bool need_resched(void)
{
	return nondet_bool();
}

/* A signal ends no wait of TASK_UNINTERRUPTIBLE. */
#define signal_pending_state(state, task) ((state) == TASK_UNINTERRUPTIBLE ? 0 : signal_pending(task))
`,
};
