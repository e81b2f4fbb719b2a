/** The fixed sentences of lockdep's reports, by which a wrapped one is put together again. */
export const sentences: readonly string[] = [
  "WARNING: possible circular locking dependency detected",
  "[ INFO: possible circular locking dependency detected ]",
  "WARNING: possible recursive locking detected",
  "WARNING: possible irq lock inversion dependency detected",
  "WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected",
  "WARNING: SOFTIRQ-safe -> SOFTIRQ-unsafe lock order detected",
  "WARNING: lock held when returning to user space!",
  "but task is already holding lock:",
  "and this task is already holding:",
  "but this task is not holding:",
  "which lock already depends on the new lock.",
  "which would create a new lock dependency:",
  "the existing dependency chain (in reverse order) is:",
  "other info that might help us debug this:",
  "but there are no more locks to release!",
  "and interrupts could create inverse lock ordering between them.",
  "the shortest dependencies between 2nd lock and 1st lock:",
  "the dependencies between the lock to be acquired",
  "the dependencies between HARDIRQ-irq-safe lock and the holding lock:",
  "the dependencies between SOFTIRQ-irq-safe lock and the holding lock:",
  "but this new dependency connects a HARDIRQ-irq-safe lock:",
  "but this new dependency connects a SOFTIRQ-irq-safe lock:",
  "... which became HARDIRQ-irq-safe at:",
  "... which became SOFTIRQ-irq-safe at:",
  "to a HARDIRQ-irq-unsafe lock:",
  "to a SOFTIRQ-irq-unsafe lock:",
  "... which became HARDIRQ-irq-unsafe at:",
  "... which became SOFTIRQ-irq-unsafe at:",
  "but this lock took another, HARDIRQ-unsafe lock in the past:",
  "but this lock took another, SOFTIRQ-unsafe lock in the past:",
  "but this lock took another, HARDIRQ-READ-unsafe lock in the past:",
  "but this lock took another, SOFTIRQ-READ-unsafe lock in the past:",
  "but this lock was taken by another, HARDIRQ-safe lock in the past:",
  "but this lock was taken by another, SOFTIRQ-safe lock in the past:",
  "but this lock was taken by another, HARDIRQ-READ-safe lock in the past:",
  "but this lock was taken by another, SOFTIRQ-READ-safe lock in the past:",
  "Possible unsafe locking scenario:",
  "Possible interrupt unsafe locking scenario:",
  "May be due to missing lock nesting notation",
  "RCU used illegally from extended quiescent state!",
  "RCU used illegally from offline CPU!",
  "RCU used illegally from idle CPU!",
  "stack backtrace:",
];

/** Ends of sentences that begin with a task's name. */
const taskSentences: readonly string[] = [
  "is trying to acquire lock:",
  "is trying to acquire:",
  "is trying to lock:",
  "just changed the state of lock:",
  "is leaving the kernel with locks still held!",
  "is exiting with locks still held!",
  "takes:",
];

/** Whether a trimmed text is the beginning, but not the whole, of a fixed sentence. */
export function isPartOfSentence(text: string): boolean {
  if (text.length < 8) return false;
  if (sentences.some((whole) => whole.length > text.length && whole.startsWith(`${text} `))) {
    return true;
  }
  const task = /\/\d+(?: \[HC\S+\])? ((?:is|just) .*)$/.exec(text)?.[1] ?? null;
  if (task === null) return false;
  // The range of the freed memory stands in the middle of the sentence.
  if (task.startsWith("is freeing memory")) return !task.endsWith("!");
  return taskSentences.some((whole) => whole.length > task.length && whole.startsWith(task));
}

/** Whether a trimmed text begins like a fixed sentence, so nothing goes on in it. */
export function beginsSentence(text: string): boolean {
  return sentences.some((whole) => text.startsWith(whole.slice(0, 16)));
}
