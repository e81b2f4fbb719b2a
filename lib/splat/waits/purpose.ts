/** What a blocked task waits for that is no lock, by the function in which it waits. */
import type { StackFrame } from "../report/index.js";
import { sureNames } from "../stacks/fold-stack.js";
import { plainName } from "../stacks/functions.js";
import { ownerOf } from "../stacks/owner.js";
import { code } from "../explain/words/words.js";

const items =
  /^_*flush_work$|^_*flush_workqueue$|^_*cancel_(?:delayed_)?work\w*$|^drain_workqueue$/;

/** Whether a stack ends in waiting for the end of a work item. */
export const waitsForItem = (stack: readonly StackFrame[]): boolean =>
  sureNames(stack)
    .slice(0, deepest)
    .some((name) => items.test(plainName(name)));

/** The first that is on the stack tells: those further out wait by means of those further in. */
const purposes: readonly (readonly [RegExp, string])[] = [
  [/^_*synchronize_srcu(?:_expedited)?$/, "for readers of SRCU"],
  [items, "for the end of a work item"],
  [/^synchronize_\w*rcu\w*$|^_*wait_rcu_gp$|^rcu_barrier$/, "for readers of RCU, or its callbacks"],
  [/^blk_mq_freeze_queue_wait\w*$/, "until nobody uses the block queue that it freezes"],
  [/^_*(?:blk|bio)_queue_enter$/, "until the block queue is no longer frozen"],
  [/^blk_mq_get_tag$/, "for a free tag of the block queue"],
  [/^jbd2_log_wait_commit$|^wait_transaction_locked$|^add_transaction_credits$/, "for the journal"],
  [/^wb_wait_for_completion$/, "for writeback to end"],
  [/^_*(?:folio|page)_lock\w*$|^_*lock_page\w*$/, "for a folio that is locked"],
  [/^folio_wait_writeback$|^wait_on_page_writeback$/, "for a folio to be written back"],
  [
    /^(?:folio_wait_(?:private_2|fscache)|wait_on_page_fscache)\w*$/,
    "for a folio to be written to the cache",
  ],
  [/^folio_wait_bit\w*$|^wait_on_page_bit\w*$/, "for a folio that is locked or written back"],
  [/^__lock_sock$/, "for another owner of the socket to release it (lock_sock())"],
  [/^dma_fence_(?:default_wait|wait\w*)$|^dma_resv_wait\w*$/, "for a fence to be signalled"],
  [/^kernfs_drain$|^__kernfs_remove$/, "for the last user of a file of sysfs or kernfs"],
  [
    /^rpm_(?:resume|suspend|idle)$|^__pm_runtime_barrier$/,
    "until a runtime suspend or resume of the device that is under way ends",
  ],
  [/^wait_for_completion\w*$|^_*wait_for_common$|^do_wait_for_common$/, "for a completion"],
];

/**
 * Returns the purpose in words, with the developer's function that waits; or null where the stack does not tell.
 *
 * @param stack without the functions in which its task sleeps
 * @param isWhole whether those were shown, so that nothing further in is cut off
 */
export function waitsForWords(stack: readonly StackFrame[], isWhole: boolean): string | null {
  const names = sureNames(stack).map(plainName);
  const [inner] = names;
  if (inner === undefined) return null;
  // A thread that kthread_create() has made sleeps until it is woken the first time.
  if (inner === "kthread" && isWhole)
    return "it has not begun: it waits to be woken for the first time, and for none of the locks that lockdep lists.";
  const owner = ownerOf(stack)?.name ?? inner;
  const known = purposes.find(([pattern]) =>
    names.slice(0, deepest).some((name) => pattern.test(name)),
  );
  if (known === undefined && !isWhole) return null;
  const by = plainName(owner) === inner ? "" : `, by ${code(inner)}`;
  return known === undefined
    ? `it waits in ${code(owner)}${by}, for something that is none of the locks that lockdep lists.`
    : `it waits in ${code(owner)}${by === "" ? "" : `${by},`} ${known[1]}, and for none of the locks that lockdep lists.`;
}

/** Further out a function waits for what happens between, not in the end of its stack. */
const deepest = 8;
