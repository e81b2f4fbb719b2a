/** A class whose name or wait type does not fit the function that takes it. */
import type { LockMention, SplatReport, StackFrame } from "../../report/index.js";
import type { SplatEdge } from "../edges/edge.js";
import { allMentions } from "./mentions.js";
import { innerWait } from "./narrowest.js";
import { primitiveOn, type Primitive } from "./taking.js";

/** A class that was taken by what cannot take a lock of its name. */
export interface Misfit {
  readonly name: string;
  readonly primitive: Primitive;
  /** Such as `_raw_spin_lock`'s kind against the name's. */
  readonly named: "mutex" | "rwsem" | "sleeping lock" | "spinlock" | "lock that is no socket's";
  /** Whether only the name says so, which may mislead, and no wait type. */
  readonly byName: boolean;
  /** The stack on which it was taken so. */
  readonly frames: readonly StackFrame[];
}

/** Returns the first class that does not fit its lock, or null. */
export function misfitIn(
  report: SplatReport,
  wanted: LockMention | null,
  edges: readonly SplatEdge[],
): Misfit | null {
  const taken = [
    ...(wanted === null ? [] : [{ name: wanted.name, frames: report.backtrace }]),
    ...edges.map(({ to, frames }) => ({ name: to, frames })),
  ];
  for (const { name, frames } of taken) {
    const primitive = primitiveOn(frames);
    if (primitive === null) continue;
    const spins = primitive === "spinlock" || primitive === "rwlock";
    const told = spins
      ? kindOfWait(report, wanted, name)
      : notSleeping(name, primitive, waitOf(report, name));
    const named = (spins ? kindOfName(name) : null) ?? told;
    if (named !== null) return { name, primitive, named, byName: told === null, frames };
  }
  return null;
}

/** Returns a lock that never sleeps, taken by what takes locks that do. */
function notSleeping(
  name: string,
  primitive: Primitive,
  wait: string | null,
): Misfit["named"] | null {
  if (primitive === "socket lock") {
    return /(?:^|[-_])(?:sk_lock|slock|clock)-/.test(name) ? null : "lock that is no socket's";
  }
  const isLock = primitive === "mutex" || primitive === "rwsem";
  return isLock && innerWait(wait) === 2 ? "spinlock" : null;
}

const waitOf = (report: SplatReport, name: string): string | null =>
  allMentions(report).find((lock) => lock.name === name && lock.wait !== null)?.wait ?? null;

/** A semaphore's own spinlock is called `(x_sem).lock`; only the last word counts. */
function kindOfName(name: string): Misfit["named"] | null {
  const plain = name.replace(/(?:#\d+)?(?:\/\d+)?$/, "");
  if (plain.endsWith("mutex")) return "mutex";
  return plain.endsWith("rwsem") ? "rwsem" : null;
}

/**
 * `context-{4:4}` is the widest without PROVE_RAW_LOCK_NESTING, where 3 is to sleep; with it, 5
 * and 4 (`enum lockdep_wait_type` in include/linux/lockdep_types.h).
 */
function kindOfWait(
  report: SplatReport,
  wanted: LockMention | null,
  name: string,
): Misfit["named"] | null {
  if (report.kind !== "wait-context" || wanted?.name !== name) return null;
  const widest = /^[45]:([45])$/.exec(report.context ?? "")?.[1];
  const inner = Number(wanted.wait?.split(":")[1] ?? 0);
  return widest !== undefined && inner === Number(widest) - 1 ? "sleeping lock" : null;
}
