import type { SourceFile } from "../parse/source.js";

/** Waits for a bit or a variable, in a table that all share: kernel/sched/wait_bit.c. */
export const waitBit: SourceFile = {
  file: "include/linux/wait_bit.h",
  text: String.raw`static DECLARE_WAIT_QUEUE_HEAD(bit_wait_table);

#define wait_on_bit(word, bit, mode) ((mode) == TASK_INTERRUPTIBLE ? wait_event_interruptible(bit_wait_table, !test_bit(bit, word)) : ({ wait_event(bit_wait_table, !test_bit(bit, word)); 0; }))

#define wait_on_bit_io(word, bit, mode) wait_on_bit(word, bit, mode)

#define wait_on_bit_lock(word, bit, mode) ((mode) == TASK_INTERRUPTIBLE ? wait_event_interruptible(bit_wait_table, !test_and_set_bit(bit, word)) : ({ wait_event(bit_wait_table, !test_and_set_bit(bit, word)); 0; }))

#define wait_on_bit_lock_io(word, bit, mode) wait_on_bit_lock(word, bit, mode)

#define wake_up_bit(word, bit) wake_up_all(&bit_wait_table)

#define clear_and_wake_up_bit(bit, word) do { clear_bit_unlock(bit, word); wake_up_bit(word, bit); } while (0)

#define wait_var_event(var, condition) wait_event(bit_wait_table, condition)

#define wait_var_event_killable(var, condition) wait_event_killable(bit_wait_table, condition)

#define wait_var_event_interruptible(var, condition) wait_event_interruptible(bit_wait_table, condition)

#define wait_var_event_timeout(var, condition, timeout) wait_event_timeout(bit_wait_table, condition, timeout)

#define wake_up_var(var) wake_up_all(&bit_wait_table)

#define assign_bit(nr, addr, value) do { if (value) set_bit(nr, addr); else clear_bit(nr, addr); } while (0)

#define __assign_bit(nr, addr, value) assign_bit(nr, addr, value)
`,
};
