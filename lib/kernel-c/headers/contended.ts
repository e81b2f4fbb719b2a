import type { SourceFile } from "../parse/source.js";

/** Whether somebody waits for a lock, or for the CPU, is open. */
export const contended: readonly SourceFile[] = [
  {
    file: "include/linux/spinlock.h",
    text: String.raw`static int spin_is_contended(spinlock_t *lock)
{
	return nondet_bool();
}

static int raw_spin_is_contended(raw_spinlock_t *lock)
{
	return nondet_bool();
}

static int rwlock_is_contended(rwlock_t *lock)
{
	return nondet_bool();
}

static int spin_needbreak(spinlock_t *lock)
{
	return nondet_bool();
}

static int rwlock_needbreak(rwlock_t *lock)
{
	return nondet_bool();
}
`,
  },
  {
    file: "include/linux/rwsem.h",
    text: String.raw`static int rwsem_is_contended(struct rw_semaphore *sem)
{
	return nondet_bool();
}
`,
  },
];
