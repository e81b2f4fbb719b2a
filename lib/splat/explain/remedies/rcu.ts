/** What to do about a suspicious use of RCU: each of its cases has its own mend. */
import {
  accessOf,
  rcuCaseOf,
  faultedIn,
  isTracepoint,
  openersOf,
  reportedBefore,
  sleeperOf,
  withoutTracepoint,
} from "../../evidence/rcu.js";
import type { RcuUsageSplat } from "../../report/index.js";
import { foldStack } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";
import { code, inPlace, listed, pathOf } from "../words/words.js";

/** Returns the mends of a suspicious use of RCU. */
export function rcuMend(report: RcuUsageSplat): readonly string[] {
  return [...mendOf(report), ...unreliable(report)];
}

function mendOf(report: RcuUsageSplat): readonly string[] {
  const { rcu, backtrace } = report;
  const before = reportedBefore(report);
  if (before !== null) {
    return [
      `The kernel was printing another report when this one came, of what happened${inPlace(before) || " further out on the stack"}: look for that one first, this one only follows from it.`,
    ];
  }
  const here = inPlace(withoutTracepoint(report));
  const access = rcu?.file == null ? here : ` at ${rcu.file}:${String(rcu.lineNumber ?? "?")}`;
  const openers = openersOf(report);
  switch (rcuCaseOf(report)) {
    case "protected":
      return [
        `rcu_dereference_protected() is for updaters, and what its condition asks for, mostly a lock, is not given: hold that lock${access}, on this path${backtrace.length === 0 ? "" : ` (${pathOf(backtrace)})`}.`,
        openers.length > 0
          ? "rcu_read_lock() is held here and does not help; if this only reads, rcu_dereference() is what it needs."
          : "If this only reads, it needs rcu_dereference() within a read-side section.",
      ];
    case "blocking": {
      const { owner, by } = sleeperOf(report);
      const faulted = faultedIn(report);
      if (faulted !== null) {
        return [
          `What may sleep is the handler of a page fault, and the fault came in ${code(faulted)}${owner === null ? "" : `, which ${code(owner)} came to`}: the memory of that lock is gone, or never was there. Look for that first; of RCU the report says little.`,
        ];
      }
      const who = owner === null ? "This task" : code(owner);
      const section =
        openers.length === 0
          ? "an RCU read-side section"
          : `the RCU read-side section that ${listed(openers.map(code))} opened`;
      return [
        `${who} may sleep${by === null ? "" : ` (${code(by)})`} inside ${section}: leave the section before, do the part that sleeps outside, or use SRCU, whose readers may sleep.`,
      ];
    }
    case "idle":
      if (rcu?.illegalFrom === "offline CPU") {
        return [
          `RCU does not watch this CPU${here} (offline CPU): it does from rcutree_report_cpu_starting() (once rcu_cpu_starting()) on, and up to rcutree_report_cpu_dead() (once rcu_report_dead()). Do it after the one, or before the other.`,
        ];
      }
      return [
        `RCU does not watch this CPU${here}${rcu?.illegalFrom == null ? "" : ` (${rcu.illegalFrom})`}${isTracepoint(report) ? ", and a tracepoint was hit there" : ""}: do it before the CPU goes idle, offline or to user space, or round it with ct_irq_enter() and ct_irq_exit() (once rcu_irq_enter())${isTracepoint(report) ? "; or keep the tracepoint out of that code, which then has to be noinstr" : ""}.`,
      ];
    case "list":
      if (rcu?.what?.includes("without holding the required lock") === true) {
        return [
          `The list is walked${access} by list_for_each_entry_srcu() or its like, and what their last argument names is not held: srcu_read_lock() round the walk${reachedBy(report)}, or the lock that the argument names.`,
        ];
      }
      return [
        ...withinSrcu(
          report,
          "list, use list_for_each_entry_srcu(), or pass srcu_read_lock_held() of it as the last argument",
        ),
        `The list is walked${access} without a reader: rcu_read_lock() round the walk${reachedBy(report)}, or, where a lock protects it, hold it, and pass lockdep_is_held() of it as the last argument of list_for_each_entry_rcu().`,
      ];
    case "access":
      return [
        ...withinSrcu(report, "pointer, read it by srcu_dereference() with that srcu_struct"),
        ...aloneWithIt(report),
        openers.length > 0
          ? `A read-side section is open here (${listed(openers.map(code))}), and not the one that the access${access} asks for: see whether it wants the _bh or _sched kind, SRCU, or the lock of its updaters.`
          : `Put the access${access}${here === access ? "" : closed(reachedBy(report))} between rcu_read_lock() and rcu_read_unlock(), or hold the lock of its updaters.`,
      ];
    case "unknown":
      return [
        "The text does not show where the report says what was wrong: look for its next line.",
      ];
    case "other":
      return [
        `The code states by RCU_LOCKDEP_WARN()${access} what must hold${here}; the sentence of the report says what did not.`,
      ];
  }
}

/** Returns `` in `function` ``, or `` , which `function` reaches through `another` ``; or nothing. */
function reachedBy(report: RcuUsageSplat): string {
  const access = accessOf(report);
  if (access === null) return "";
  return access.through === null
    ? inPlace(withoutTracepoint(report))
    : `, which ${code(access.owner)} reaches through ${code(access.through)}`;
}

/** A clause between commas ends with one. */
const closed = (clause: string): string => (clause.startsWith(",") ? `${clause},` : clause);

/** A section of SRCU that the task is within protects what is read, if it is the right one. */
function withinSrcu({ held }: RcuUsageSplat, what: string): readonly string[] {
  const sections = (held?.locks ?? []).filter(({ name }) => /srcu/i.test(name));
  const names = listed([...new Set(sections.map(({ name }) => code(name)))]);
  if (sections.length === 0) return [];
  return sections.length === 1
    ? [`It runs within a section of SRCU, ${names}: if that protects the ${what}.`]
    : [`It runs within sections of SRCU, ${names}: if one of them protects the ${what}.`];
}

/** Where something is set up or taken down nobody else may know the object. */
function aloneWithIt({ backtrace }: RcuUsageSplat): readonly string[] {
  const by = foldStack(backtrace)
    .functions.slice(0, nearby)
    .find((name) => setUpOrDown.test(plainName(name)));
  return by === undefined
    ? []
    : [
        `It is read while ${code(plainName(by))} runs, which by its name sets something up or takes it down: if nobody else can change the pointer there, rcu_dereference_protected(p, 1), with a comment why, or rcu_access_pointer() for its value alone, says so.`,
      ];
}

/** Further out a function says little of what is done with the pointer. */
const nearby = 5;

const setUpOrDown =
  /_(?:put_super|kill_\w*sb|fill_super|probe|remove|exit|uninit|destroy|teardown|free)$|^(?:generic_shutdown_super|kill_\w*super)$/;

/** `lockdep_rcu_suspicious()` prints whether lockdep still knew what was held. */
const unreliable = ({ rcu }: RcuUsageSplat): readonly string[] =>
  rcu?.debugLocks === 0
    ? [
        "debug_locks = 0: lockdep had switched itself off, so it no longer knew what was held. Look for the report before this one first.",
      ]
    : [];
