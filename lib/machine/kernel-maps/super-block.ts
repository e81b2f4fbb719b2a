/**
 * `sb_writers`, `sb_pagefaults` and `sb_internal`: fs/super.c. Each is a percpu_rwsem: a task that writes to a
 * file system holds it shared; one that freezes the file system takes it, and keeps it until the thaw, back in user space.
 *
 * Where nobody freezes, nobody ever waits: what lockdep says of it then is an order alone.
 */
import { percpu_rwsem } from "../kernel-locks/rwlock.js";
import type { RwLock } from "../kernel-locks/rwlock.js";
import {
  percpu_down_read,
  percpu_down_write,
  percpu_up_read,
  percpu_up_write,
} from "../kernel-locks/rwlock-calls.js";
import { at } from "../language/expr.js";
import { acquireFact, told } from "../kernel-locks/common.js";
import { fn } from "../language/control-flow.js";
import type { Statement } from "../language/statement.js";

/** A `struct super_block`, as far as it can be frozen. */
export interface SuperBlock {
  readonly kind: "super_block";
  readonly name: string;
  readonly writers: RwLock;
  readonly pagefaults: RwLock;
  readonly internal: RwLock;
}

const level = (name: string, which: string): RwLock =>
  percpu_rwsem(`${name}.${which}`, { className: which, key: which });

/**
 * Declares a mounted file system.
 *
 * @example
 * const sb = super_block("ext4");
 */
export const super_block = (name: string): SuperBlock => ({
  kind: "super_block",
  name,
  writers: level(name, "sb_writers"),
  pagefaults: level(name, "sb_pagefaults"),
  internal: level(name, "sb_internal"),
});

const starts =
  (call: string, which: (sb: SuperBlock) => RwLock) =>
  (sb: SuperBlock): Statement =>
    fn(call, [percpu_down_read(which(sb))]);
const ends =
  (call: string, which: (sb: SuperBlock) => RwLock) =>
  (sb: SuperBlock): Statement =>
    fn(call, [percpu_up_read(which(sb))]);

/** `sb_start_write()`: waits while the file system is frozen. */
export const sb_start_write = starts("sb_start_write", ({ writers }) => writers);
/** `sb_end_write()` */
export const sb_end_write = ends("sb_end_write", ({ writers }) => writers);
/** `sb_start_pagefault()` */
export const sb_start_pagefault = starts("sb_start_pagefault", ({ pagefaults }) => pagefaults);
/** `sb_end_pagefault()` */
export const sb_end_pagefault = ends("sb_end_pagefault", ({ pagefaults }) => pagefaults);
/** `sb_start_intwrite()` */
export const sb_start_intwrite = starts("sb_start_intwrite", ({ internal }) => internal);
/** `sb_end_intwrite()` */
export const sb_end_intwrite = ends("sb_end_intwrite", ({ internal }) => internal);

const levels = ({ writers, pagefaults, internal }: SuperBlock): readonly RwLock[] => [
  writers,
  pagefaults,
  internal,
];

/**
 * `freeze_super()`: waits for the writers, level after level. The task goes back to user space with the file
 * system frozen, so lockdep is told that it holds nothing (`lockdep_sb_freeze_release()`).
 */
export const freeze_super = (sb: SuperBlock): Statement =>
  fn("freeze_super", [
    ...levels(sb).map((sem) => percpu_down_write(sem)),
    told(...levels(sb).map((sem) => ({ kind: "release" as const, lock: at(sem.writer) }))),
  ]);

/** `thaw_super()`, of any task. */
export const thaw_super = (sb: SuperBlock): Statement =>
  fn("thaw_super", [
    told(...levels(sb).map((sem) => acquireFact(at(sem.writer), {}, 0, false))),
    ...[...levels(sb)].reverse().map((sem) => percpu_up_write(sem)),
  ]);
