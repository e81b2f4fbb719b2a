/**
 * `mmap_lock` by `might_fault()`: mm/memory.c. Copying to or from user space may fault, and the fault takes the
 * lock for reading; mostly the page is there, and nobody waits.
 */
import { might_sleep } from "../kernel/cpu.js";
import { told, touched } from "../kernel-locks/common.js";
import type { RwLock } from "../kernel-locks/rwlock.js";
import { down_read, up_read } from "../kernel-locks/rwlock-calls.js";
import { at } from "../language/expr.js";
import { either, fn } from "../language/control-flow.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";

/**
 * `might_fault()`: says that the code may fault, and does not. A misuse in atomic context.
 *
 * @param mmap_lock as of `copy_to_user()`
 */
export const might_fault = (mmap_lock: RwLock): Statement =>
  fn("might_fault", [told(touched(at(mmap_lock.writer), false, 1)), might_sleep()]);

const copying =
  (call: string) =>
  (mmap_lock: RwLock): Statement =>
    fn(call, [
      might_fault(mmap_lock),
      either(
        [step("the page is there")],
        [
          fn("handle_mm_fault", [
            step("page fault"),
            down_read(mmap_lock),
            step("reads the page"),
            up_read(mmap_lock),
          ]),
        ],
      ),
    ]);

/**
 * `copy_to_user()`: it may fault. A misuse in atomic context.
 *
 * @param mmap_lock `mm->mmap_lock` of the task's own memory
 */
export const copy_to_user = copying("copy_to_user");
/** `copy_from_user()` */
export const copy_from_user = copying("copy_from_user");
