/** What the stacks tell of the kind of lock that is taken. */
import type { LockMention, StackFrame } from "../../report/index.js";
import { foldStack, sureNames, takingOn } from "../../stacks/fold-stack.js";
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
  // A guard is named after what it guards, and the function within it tells.
  for (const name of takingOn(frames).map(plainName).reverse()) {
    const found = primitives.find(([, pattern]) => pattern.test(name));
    if (found !== undefined) return found[0];
  }
  return null;
}

/** Whether the stack ends in what spinlock_t and rwlock_t are on PREEMPT_RT: locks that sleep. */
export function isOnRt(frames: readonly StackFrame[]): boolean {
  const { acquire } = foldStack(frames);
  return onRt.test(plainName(acquire ?? ""));
}

const onRt = /^_*rt_(?:spin|read|write)_|rtlock|rwbase_rt/;

/** Whether the stack shows a lock taken as one task alone can have it. */
export function isExclusive(frames: readonly StackFrame[]): boolean {
  const primitive = primitiveOn(frames);
  // The lock of this CPU's data has no readers.
  if (/^_*local_(?:try)?lock/.test(foldStack(frames).acquire ?? "")) return true;
  if (primitive === "rwsem" || primitive === "rwlock") {
    return /write|^cpu_hotplug_begin$/.test(plainName(foldStack(frames).acquire ?? ""));
  }
  return primitive !== null;
}

/** Whether the report names with a lock, as a symboliser does, what takes it as one task alone can have it. */
export const isNamedExclusive = ({ at, inlinedIn }: LockMention): boolean =>
  [at, ...inlinedIn].some((site) =>
    /^_*(?:raw_)?(?:spin_(?:try)?lock|write_(?:try)?lock)|^_*(?:mutex|local)_(?:try)?lock|^_*down_write/.test(
      site?.symbol ?? "",
    ),
  );

/** Whether a sleeping task's stack ends in waiting for a lock, on PREEMPT_RT also for one that spins elsewhere. */
export const sleepsOn = (frames: readonly StackFrame[]): boolean =>
  sleeps(primitiveOn(frames)) ||
  sureNames(frames)
    .slice(0, waitingFunctions)
    .some((name) => onRt.test(plainName(name)) || /^_*rt_mutex_/.test(name));

/** Further out than so many functions a lock's name is a caller like any other. */
const waitingFunctions = 4;

/** Whether a task that takes the lock may have to sleep, on every kernel. */
export const sleeps = (primitive: Primitive | null): boolean =>
  primitive !== null && primitive !== "spinlock" && primitive !== "rwlock";
