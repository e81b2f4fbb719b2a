import type { SourceFile } from "../parse/source.js";

/** Wrappers that do or leave something: include/linux/kernel.h, sched.h, seqlock.h. */
export const sched: SourceFile = {
  file: "include/linux/sched.h",
  text: String.raw`#define might_sleep_if(condition) do { if (condition) might_sleep(); } while (0)

/* Whether somebody wants the lock, or the CPU, is open. */
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

#define write_seqlock_irq(lock) do { local_irq_disable(); write_seqlock(lock); } while (0)

#define write_sequnlock_irq(lock) do { write_sequnlock(lock); local_irq_enable(); } while (0)

#define write_seqlock_irqsave(lock, flags) do { local_irq_save(flags); write_seqlock(lock); } while (0)

#define write_sequnlock_irqrestore(lock, flags) do { write_sequnlock(lock); local_irq_restore(flags); } while (0)

#define write_seqlock_bh(lock) do { local_bh_disable(); write_seqlock(lock); } while (0)

#define write_sequnlock_bh(lock) do { write_sequnlock(lock); local_bh_enable(); } while (0)
`,
};
