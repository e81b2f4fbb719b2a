/** What to do where one task takes a class twice. */
import { sameInstance } from "../../evidence/lock/address.js";
import type { Evidence } from "../../evidence/evidence.js";
import { leakedBy } from "../../evidence/held/leak.js";
import { recursionOn } from "../../evidence/held/recursion.js";
import { openContext } from "../../evidence/lock/ww-mutex.js";
import { primitiveOn } from "../../evidence/lock/taking.js";
import { readsOn } from "../../evidence/usage/reading.js";
import type { LockMention, RecursiveSplat, StackFrame } from "../../report/index.js";
import { isWait, mendsFor, type FoundSuspect } from "../suspects/find.js";
import { flushedFrom } from "./own-queue.js";
import { code, inPlace, takenIn } from "../words/words.js";

/**
 * What the name tells where addresses do not: a class that is a plain identifier is mostly one lock
 * of that name (`DEFINE_MUTEX(x)` makes the class `x`), while `&p->lock` is the lock of many objects.
 */
const oneByName = (lock: LockMention | null): string =>
  lock !== null &&
  /^\(?[a-z]\w*_(?:mutex|lock|sem|rwsem)(?:\.\w+)?\)?$/.test(lock.name) &&
  !lock.name.includes("_ww_class_")
    ? ` By its name, which is no field's, ${code(lock.name)} may be a single lock: then it waits for itself${/rwsem|_sem\b|hotplug/.test(lock.name) ? ", where it is taken for reading both times as soon as a writer waits" : ""}.`
    : "";

/** A relative clause ends with a comma. */
const clause = (words: string): string => (words === "" ? "" : `${words},`);

/** The function that takes the lock with a subclass, where the stack shows of which kind it is. */
function nestedCall(frames: readonly StackFrame[]): string {
  switch (primitiveOn(frames)) {
    case "rwsem":
      return readsOn(frames) ? "down_read_nested()" : "down_write_nested()";
    case "mutex":
      return "mutex_lock_nested()";
    case "rt_mutex":
      return "rt_mutex_lock_nested()";
    case "spinlock":
      return "spin_lock_nested()";
    default:
      return "spin_lock_nested(), mutex_lock_nested()";
  }
}

/** Returns the mends of a class that is taken twice. */
export function recursionMend(
  evidence: Evidence,
  report: RecursiveSplat,
  suspects: readonly FoundSuspect[],
): readonly string[] {
  const { acquiring, holding, backtrace } = report;
  if (acquiring === null && holding === null) {
    return [
      "The text does not show where the report names the lock: look for its other lines in the log.",
    ];
  }
  const here = inPlace(backtrace);
  const context = openContext(report);
  const wait = suspects.find(isWait);
  if (wait !== undefined) return flushedFrom(report, wait);
  if (context !== null) {
    return [
      `These are ww_mutexes, and an acquire context is open (${code(context.name)} is held): pass that ww_acquire_ctx to ww_mutex_lock()${here} and back off on -EDEADLK, or use ww_mutex_trylock().`,
      "Where no context can be passed, as in a release path, do it after ww_acquire_fini(), or in a work item.",
    ];
  }
  const twice = suspects.find(({ name }) => name === acquiring?.name)?.suspect.itself;
  const known = [
    ...(twice === undefined ? [] : [`${twice.says} ${twice.mend}`]),
    ...mendsFor(report, suspects),
  ];
  const leak = leakedBy(evidence);
  const same = sameInstance(acquiring, holding);
  const path = recursionOn(backtrace);
  if (same === "same") {
    return [
      ...(leak === null
        ? [
            `Do not take it again${here}: release the lock${clause(takenIn(holding))} before the call, or call a variant that expects it held.`,
          ]
        : [
            `Find the path of ${code(leak)} that returns with the lock held, if it is one of those that must not; if it may, do not take it again${here} before it is released.`,
          ]),
      ...known,
    ];
  }
  const twoLevels =
    path.length === 0 || oneByName(acquiring) !== ""
      ? []
      : [
          `${code(path[0] ?? "")} comes back to itself (${path.map(code).join(" > ")}). Where that is for a device or object below another, they are two locks of one class, and a subclass for the nesting level (${nestedCall(backtrace)}) is the usual mend.`,
        ];
  return [
    ...twoLevels,
    ...(same === "unknown"
      ? [
          `The report does not show whether it is one lock or two. Two: release the first${clause(takenIn(holding))} before the second is taken${here}, or take any two of the class in one order, as by address, on every path. One: it must not be taken again.${oneByName(acquiring)}`,
        ]
      : [
          `Release the first${clause(takenIn(holding))} before the second is taken${here}; or take any two of the class in one order, as by address, on every path.`,
        ]),
    ...known,
  ];
}
