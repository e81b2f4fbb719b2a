/** What to do about a report that is true, and where. */
import type { Evidence } from "../../evidence/evidence.js";
import { code, inPlace, takenIn } from "../words/words.js";
import { mendsFor, waitsIn, type FoundSuspect } from "../suspects/find.js";
import { plainName } from "../../stacks/functions.js";
import { leakOf } from "../../evidence/held/leak.js";
import { foldStack, sureNames } from "../../stacks/fold-stack.js";
import { isHelper, ownerOf } from "../../stacks/owner.js";
import type {
  BadUnlockSplat,
  HeldFreedSplat,
  LockMention,
  StackFrame,
} from "../../report/index.js";
import { circleMend } from "./circle.js";
import { irqMend } from "./irq-mend.js";
import { leakedItemMend } from "./leaked-item.js";
import { limitMend } from "./limit.js";
import { rcuMend } from "./rcu.js";
import { recursionMend } from "./recursion.js";
import { waitContextMend } from "./wait-context.js";
import { warningMend } from "./warning.js";

/** Returns the mends of a report that is true, the nearest at hand first, with their places. */
export function ifReal(evidence: Evidence, suspects: readonly FoundSuspect[]): readonly string[] {
  const misfit = misfitMend(evidence);
  return misfit.length > 0 ? misfit : mendOf(evidence, suspects);
}

/** Returns two kinds of lock in one class: what the report says of orders and contexts means little. */
function misfitMend({ misfit }: Evidence): readonly string[] {
  if (misfit === null) return [];
  const { name, primitive, named, byName, frames } = misfit;
  return [
    `${code(name)} is ${byName ? "by its name " : ""}the class of a ${named}, and a ${primitive} took it${inPlace(frames)}: two kinds of lock share a key, or the lock's memory was overwritten or used after it was freed${byName ? "; or the name misleads" : ""}. Find out which before anything else.`,
    "Locks that lockdep_set_novalidate_class() took out of the checks all share one class, which bears the name of the first of them.",
  ];
}

/** Whether the task that holds the lock drops the last reference itself, or has left with the lock held. */
function whoFrees(lock: LockMention, report: HeldFreedSplat): readonly string[] {
  const taker = lock.inlinedIn.at(-1)?.symbol ?? lock.at?.symbol ?? null;
  const leak = leakOf(lock, report);
  if (leak !== null) {
    return [
      `${code(leak)}, which took it, is not on the stack: find its path that returns with the lock held, if it is one of those that must not.`,
    ];
  }
  const names = sureNames(report.backtrace).map(plainName);
  return taker !== null && !isHelper(taker) && names.includes(plainName(taker))
    ? [
        `${code(taker)} took the lock, and the memory is freed in what it calls: let it release first, or keep a reference of its own until it has.`,
      ]
    : [];
}

/** The lock may belong to the function that takes it, or to any caller that hands it over: all are named. */
function initialise(frames: readonly StackFrame[]): string {
  const owner = ownerOf(frames);
  const names = foldStack(frames).functions.map(plainName);
  const takers = names.slice(0, Math.max(names.indexOf(plainName(owner?.name ?? "")), 0));
  const by = takers.reverse().map(code).join(" > ");
  const whose = `: it is taken there by ${by}, and to which of them it belongs, the report does not show`;
  return `Initialise the lock before it is used${inPlace(frames)}${by === "" ? "" : whose}; where it was initialised, see whether its memory was cleared or freed since.`;
}

/** Returns a held lock of the name that is released, which is printed without its number and subclass. */
function namesakeOf({ releasing, held }: BadUnlockSplat): string | null {
  const base = (name: string): string => name.replace(/(?:#\d+)?(?:\/\d+)?$/, "");
  const name = releasing?.name ?? null;
  if (name === null) return null;
  return held?.locks.find((lock) => base(lock.name) === name)?.name ?? null;
}

/** What stands for a state is begun and ended by different tasks more easily than a lock is. */
const endedByAnother = (evidence: Evidence, name: string | null): readonly string[] =>
  name !== null && waitsIn(evidence).has(name)
    ? [
        `${code(name)} is no lock but stands for waiting, or for a state: who ends it here has not begun it, as where another task did, or where the two looked at something that changed between.`,
      ]
    : [];

/** Whether what was printed for a name holds what no name does. */
const isUnreadable = (name: string): boolean => /[^\x20-\x7e]/.test(name);

function mendOf(evidence: Evidence, suspects: readonly FoundSuspect[]): readonly string[] {
  const { report } = evidence;
  const { backtrace, held } = report;
  const here = inPlace(backtrace);
  switch (report.kind) {
    case "circular":
      return circleMend(evidence, suspects);
    case "recursive":
      return recursionMend(evidence, report, suspects);
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return [...irqMend(evidence), ...mendsFor(report, suspects)];
    case "wait-context": {
      // Of a lock that is only taken on behalf of who allocates nobody can say take it earlier.
      const known = mendsFor(
        report,
        suspects.filter(({ name }) => name === report.acquiring?.name),
      );
      return known.length > 0 ? known : waitContextMend(evidence, report);
    }
    case "bad-unlock": {
      const released = report.releasing?.at?.symbol;
      const by =
        released == null
          ? ""
          : isHelper(released)
            ? ` by ${code(`${plainName(released)}()`)}`
            : ` in ${code(released)}`;
      const damaged = isUnreadable(report.releasing?.name ?? "");
      if (report.interrupted && report.releasing?.name == null) {
        return [
          "The kernel crashed while it printed the name of the lock: its memory, or that of its class, is damaged or freed. Look for that first.",
        ];
      }
      const namesake = namesakeOf(report);
      return [
        ...endedByAnother(evidence, report.releasing?.name ?? null),
        ...(namesake === null
          ? []
          : [
              `It holds ${code(namesake)}, which is a lock of that name, and lockdep did not find it to be the one that is released: mostly that is the lock of another object.`,
            ]),
        ...(damaged
          ? [
              "What is printed for the name of the lock is no name: its memory, or that of its class, was overwritten or freed. Look for that first.",
            ]
          : []),
        `Look for a path that reaches the unlock${here === "" ? by : here} without the lock: an error path, a second unlock, or a lock of another object.`,
      ];
    }
    case "nested-not-taken": {
      if (report.interrupted && report.nestLock === null) {
        return [
          "The kernel crashed while it printed the name of the outer lock: the memory of the lock, or of the outer one, is damaged or freed. Look for that first.",
        ];
      }
      const outer = report.nestLock === null ? "the outer lock" : code(report.nestLock);
      return [`Take ${outer} around it${here}, on every path.`];
    }
    case "held-freed": {
      const { heldInFreed } = report;
      return heldInFreed === null
        ? []
        : [
            ...whoFrees(heldInFreed, report),
            `Release ${code(heldInFreed.name)}${takenIn(heldInFreed)}${takenIn(heldInFreed) === "" ? "" : ","} before the memory is freed${here}.`,
          ];
    }
    case "wq-leaked-lock":
      return leakedItemMend(report);
    case "user-space":
    case "still-held": {
      const left = (held?.locks ?? []).map((lock) => `${code(lock.name)}${takenIn(lock)}`);
      return [
        `Find the path that leaves without releasing ${left.length === 0 ? "what is held" : left.join("; or ")}.`,
      ];
    }
    case "rcu-usage":
      return rcuMend(report);
    case "non-static-key":
      return [initialise(backtrace)];
    case "invalid-subclass":
      return ["Nest no deeper than subclass 7, or give the levels classes of their own."];
    case "limit":
    case "bfs-error":
      return limitMend(report);
    case "bad-contention":
      return [];
    case "debug-locks-warn":
    case "lock-debug":
    case "warn":
      return warningMend(report);
  }
}
