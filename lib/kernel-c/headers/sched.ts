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
`,
};
