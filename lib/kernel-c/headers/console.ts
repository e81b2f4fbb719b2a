import type { SourceFile } from "../parse/source.js";

/** A semaphore, of which lockdep knows by a map of its own: kernel/printk/printk.c. */
export const consoleLock: SourceFile = {
  file: "include/linux/console.h",
  text: String.raw`static DEFINE_SEMAPHORE(console_sem, 1);

static struct lockdep_map console_lock_dep_map = STATIC_LOCKDEP_MAP_INIT("console_lock", &console_lock_dep_map);

static void console_lock(void)
{
	might_sleep();
	down(&console_sem);
	mutex_acquire(&console_lock_dep_map, 0, 0, _RET_IP_);
}

static int console_trylock(void)
{
	if (down_trylock(&console_sem))
		return 0;
	mutex_acquire(&console_lock_dep_map, 0, 1, _RET_IP_);
	return 1;
}

static void console_unlock(void)
{
	mutex_release(&console_lock_dep_map, _RET_IP_);
	up(&console_sem);
}
`,
};
