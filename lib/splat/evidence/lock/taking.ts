/** What the stacks tell of the kind of lock that is taken. */
import type { LockMention, StackFrame } from "../../report/index.js";
import { foldStack } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";

/** A kind of lock, by the functions that take it. */
export type Primitive =
  "spinlock" | "rwlock" | "mutex" | "rwsem" | "semaphore" | "rt_mutex" | "socket lock";

const primitives: readonly (readonly [Primitive, RegExp])[] = [
  ["spinlock", /^_*rt_spin|rtlock/],
  ["rwlock", /^_*rt_(?:read|write)/],
  ["rt_mutex", /rt_mutex/],
  ["mutex", /mutex/],
  ["rwsem", /down_(?:read|write)|rwsem|percpu_down|^cpus_|^get_online_cpus$|^cpu_hotplug_begin$/],
  ["semaphore", /^_*down(?:_\w+)?$/],
  ["socket lock", /lock_sock/],
  ["rwlock", /(?:^|_)(?:read|write)_(?:try)?lock/],
  ["spinlock", /spin_(?:try)?lock/],
];

/** Returns the kind of lock that a stack ends in taking, or null where it does not show one. */
export function primitiveOn(frames: readonly StackFrame[]): Primitive | null {
  const { acquire } = foldStack(frames);
  if (acquire === null) return null;
  const name = plainName(acquire);
  return primitives.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** Whether the stack ends in what spinlock_t and rwlock_t are on PREEMPT_RT: locks that sleep. */
export function isOnRt(frames: readonly StackFrame[]): boolean {
  const { acquire } = foldStack(frames);
  return /^_*rt_(?:spin|read|write)_|rtlock|rwbase_rt/.test(plainName(acquire ?? ""));
}

/** Whether the stack shows a lock taken as one task alone can have it. */
export function isExclusive(frames: readonly StackFrame[]): boolean {
  const primitive = primitiveOn(frames);
  if (primitive === "rwsem" || primitive === "rwlock") {
    return /write|^cpu_hotplug_begin$/.test(plainName(foldStack(frames).acquire ?? ""));
  }
  return primitive !== null;
}

/** Whether the report names with a lock, as a symboliser does, what takes it as one task alone can have it. */
export const isNamedExclusive = ({ at, inlinedIn }: LockMention): boolean =>
  [at, ...inlinedIn].some((site) =>
    /^_*(?:raw_)?(?:spin_(?:try)?lock|write_(?:try)?lock)|^_*mutex_(?:try)?lock|^_*down_write/.test(
      site?.symbol ?? "",
    ),
  );

/** Whether a task that takes the lock may have to sleep, on every kernel. */
export const sleeps = (primitive: Primitive | null): boolean =>
  primitive !== null && primitive !== "spinlock" && primitive !== "rwlock";
