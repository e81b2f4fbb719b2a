import type { SourceFile } from "../parse/source.js";

/** Waits that drop a lock meanwhile, or do something else around it. */
export const wait: SourceFile = {
  file: "include/linux/wait.h",
  text: String.raw`#define wait_event_cmd(wq_head, condition, cmd1, cmd2) do { \
	if (!(condition)) { \
		DEFINE_WAIT(__wait); \
		for (;;) { \
			prepare_to_wait(&wq_head, &__wait, TASK_UNINTERRUPTIBLE); \
			if (condition) \
				break; \
			cmd1; \
			schedule(); \
			cmd2; \
		} \
		finish_wait(&wq_head, &__wait); \
	} \
} while (0)

#define wait_event_lock_irq(wq_head, condition, lock) wait_event_cmd(wq_head, condition, spin_unlock_irq(&lock), spin_lock_irq(&lock))

#define wait_event_lock_irq_cmd(wq_head, condition, lock, cmd) wait_event_cmd(wq_head, condition, ({ spin_unlock_irq(&lock); cmd; }), spin_lock_irq(&lock))
`,
};
