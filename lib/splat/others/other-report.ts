/** What another tool of the kernel, or of another system, said of locks. */

/** Whose report it is. */
export type OtherKind =
  "sleeping-function" | "spinlock-bug" | "dept" | "witness" | "thread-sanitizer";

/** A report that is none of lockdep's, read; locks and functions are in backquotes. */
export interface OtherReport {
  readonly kind: OtherKind;
  readonly title: string;
  /** The line of its headline, from 1. */
  readonly line: number;
  /** The task that it is about, as `comm/pid`; null where it names none. */
  readonly task: string | null;
  /** The task that has the lock, where it says so. */
  readonly owner: string | null;
  readonly says: readonly string[];
  readonly mend: readonly string[];
  /** What is not in the text, and would say more. */
  readonly missing: readonly string[];
}
