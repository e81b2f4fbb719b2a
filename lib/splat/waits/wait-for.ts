/** The wait-for graph of the tasks of a pasted log, and the circle in it. */
import { addressOf } from "../evidence/lock/address.js";
import { innerWait } from "../evidence/lock/narrowest.js";
import { decodeCharacters } from "../evidence/usage/usage-characters.js";
import { isWithin } from "../explain/suspects/within.js";
import { primitiveOn, sleepsOn } from "../evidence/lock/taking.js";
import type { HeldMention, StackFrame } from "../report/index.js";
import { sureNames } from "../stacks/fold-stack.js";
import { plainName } from "../stacks/functions.js";
import type { LikelyOwner, ListedTask } from "./read.js";

/** A task that waits for a lock that another one holds. */
export interface TaskWait {
  readonly waiter: ListedTask;
  /** Null where only the kind of the lock is told, with its likely owner. */
  readonly lock: HeldMention | null;
  /** Null where no task of the paste holds it. */
  readonly holder: ListedTask | null;
  /** The lock as the holder has it. */
  readonly held: HeldMention | null;
  /** False where the holder has it as its last, without a stack: it may wait for it as well. */
  readonly sure: boolean;
  /** Whom the kernel takes for the owner, where no list of locks tells. */
  readonly likely: LikelyOwner | null;
}

/** Returns the waits that a paste shows: by the address of the lock, never by its class alone. */
export function waitsOf(tasks: readonly ListedTask[]): readonly TaskWait[] {
  const wanted = new Map(
    tasks.map((task) => [
      task,
      wantedBy(
        task,
        tasks.filter((each) => each !== task),
      ),
    ]),
  );
  return tasks.flatMap((waiter): readonly TaskWait[] => {
    const likely = waiter.owner;
    const lock = wanted.get(waiter) ?? lastOfBoth(waiter, tasks);
    if (lock === null && likely === null) return [];
    const address = addressOf(lock);
    const holders = tasks.flatMap((holder) => {
      if (holder === waiter || address === null) return [];
      const held = holder.locks.find(
        (each) => addressOf(each) === address && each !== wanted.get(holder),
      );
      if (held === undefined) return [];
      return [{ holder, held, sure: holder.frames.length > 0 || held !== holder.locks.at(-1) }];
    });
    const best = holders.find(({ sure }) => sure) ?? holders[0];
    // Where the list leaves open who has it, the kernel says.
    const told = best?.sure === true || likely === null;
    if (best !== undefined && told) return [{ waiter, lock, ...best, likely: null }];
    const holder = tasks.find((task) => task !== waiter && task.pid === likely?.pid) ?? null;
    return [{ waiter, lock, holder, held: null, sure: true, likely }];
  });
}

/** Where no stack tells, and the kernel names an owner: the last of its list, if that one lists it as well. */
function lastOfBoth(
  { frames, locks, owner }: ListedTask,
  tasks: readonly ListedTask[],
): HeldMention | null {
  const last = locks.at(-1);
  const address = addressOf(last);
  if (owner === null || frames.length > 0 || last === undefined || address === null) return null;
  const other = tasks.find(({ pid }) => pid === owner.pid);
  return other?.locks.some((each) => addressOf(each) === address) === true ? last : null;
}

/**
 * The lock that a task waits for, or null: the last of its list, if its stack ends in taking a
 * sleeping lock at that place. lockdep lists a lock from before it is waited for.
 */
function wantedBy(
  { frames, locks }: ListedTask,
  others: readonly ListedTask[],
): HeldMention | null {
  const last = locks.at(-1);
  // A worker runs within its item.
  if (last === undefined || (frames.length > 0 && isWithin(last))) return null;
  if (frames.length === 0) return heldByAnother(last, others) ? last : null;
  const stack = withoutSleep(frames);
  // lockdep knows no semaphores.
  if (!sleepsOn(stack) || primitiveOn(stack) === "semaphore") return null;
  const names = sureNames(frames).map(plainName);
  // The owner of a socket is listed only once it has it (`lock_sock_nested()` up to 5.15).
  if (names.includes("__lock_sock") && !last.name.startsWith("sk_lock-")) return null;
  const at = last.inlinedIn.at(-1)?.symbol ?? last.at?.symbol ?? null;
  return at === null || names.includes(plainName(at)) ? last : null;
}

/**
 * Without a stack: the last lock of a list is waited for where another task has it further up in
 * its own, so that it got it. Readers may share one, and a task may have it and take no more.
 */
function heldByAnother(lock: HeldMention, others: readonly ListedTask[]): boolean {
  const address = addressOf(lock);
  return (
    address !== null &&
    !mayShare(lock) &&
    others.some((other) => gotten(other).some((each) => addressOf(each) === address))
  );
}

/** Locks of a list that a task has for sure: the last one only where its stack ends in waiting for no lock. */
function gotten({ frames, locks }: ListedTask): readonly HeldMention[] {
  const waitsElsewhere = isShownAsleep(frames) && !sleepsOn(withoutSleep(frames));
  return waitsElsewhere ? locks : locks.slice(0, -1);
}

/**
 * Whether several may have a lock at once, or nobody takes it: sections of RCU, sequence counters,
 * locks that were seen taken for reading, what stands for waiting; and spinlocks, which a task that runs just has.
 */
function mayShare(lock: HeldMention): boolean {
  const { name, usage, wait } = lock;
  const inner = innerWait(wait);
  return (
    isSection(name) ||
    /(?:^|_|>|\.)seq(?:count)?(?:#\d+)?$/.test(name) ||
    isWithin(lock) ||
    (inner > 0 && inner <= 2) ||
    decodeCharacters(usage, null).some(({ read, used, enabled }) => read && (used || enabled))
  );
}

/** Whether a name is of a read-side section of RCU or SRCU; mutexes of RCU itself are called after it, too. */
export const isSection = (name: string): boolean => /^rcu_read_lock|^rcu_callback|srcu/i.test(name);

/** Returns the waits that close a circle, from the first that is in one; empty where none does. */
export function circleIn(waits: readonly TaskWait[]): readonly TaskWait[] {
  for (const start of waits) {
    const path: TaskWait[] = [];
    let here: TaskWait | undefined = start;
    while (here !== undefined && !path.includes(here)) {
      path.push(here);
      const holder: ListedTask | null = here.holder;
      here = waits.find(({ waiter }) => waiter === holder);
    }
    if (here === start) return path;
  }
  return [];
}

const sleeping =
  /^(?:__)?schedule|^io_schedule|^rt_mutex_schedule$|^preempt_schedule|^context_switch$|^__switch_to/;

/** Returns a stack without the functions in which its task sleeps. */
export const withoutSleep = (frames: readonly StackFrame[]): readonly StackFrame[] =>
  frames.filter(({ symbol }) => !sleeping.test(plainName(symbol ?? "")));

/** Whether a stack is shown to where its task sleeps: else its innermost functions are cut off. */
export const isShownAsleep = (frames: readonly StackFrame[]): boolean =>
  sureNames(frames)
    .slice(0, 3)
    .some((name) => sleeping.test(plainName(name)));

/** `comm/pid`, as lockdep names a task. */
export const taskName = ({ comm, pid }: Pick<ListedTask, "comm" | "pid">): string =>
  `${comm}/${pid}`;

/** Returns who holds what is waited for, or null where no text tells. */
export function holderOf({ holder, likely }: TaskWait): string | null {
  if (holder !== null) return taskName(holder);
  return likely === null ? null : taskName(likely);
}

/** Returns what a task waits for in a few words: the class, or the kind of lock where only that is told. */
export function waitedFor({ lock, likely }: TaskWait): string {
  if (lock !== null) return lock.name;
  const what = likely?.what ?? "lock";
  return `${what.startsWith("rw-") ? "an" : "a"} ${what}`;
}
