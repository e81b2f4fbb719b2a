/** What to do about a report that is true, and where. */
import type { Evidence } from "../../evidence/evidence.js";
import type { RcuUsageSplat, RecursiveSplat } from "../../report/index.js";
import { foldStack } from "../../stacks/fold-stack.js";
import { irqMend } from "./irq-mend.js";
import { code, inPlace, listed, takenIn } from "../words/words.js";
import { openContext } from "../../evidence/ww-mutex.js";

/** Returns the mends of a report that is true, the nearest at hand first, with the places they belong to. */
export function ifReal(evidence: Evidence): readonly string[] {
  const { report } = evidence;
  const { backtrace, held } = report;
  const here = inPlace(backtrace);
  switch (report.kind) {
    case "circular":
      return circle(evidence);
    case "recursive":
      return again(report);
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return irqMend(evidence);
    case "wait-context": {
      const { acquiring } = report;
      return [
        `Take ${code(acquiring?.name ?? "the lock")} earlier, before the context gets narrow, or leave the work${here} to a thread or a work item.`,
        ...(acquiring?.wait?.startsWith("3:") === true
          ? ["Make it a raw_spinlock_t only if what it protects is short and bounded."]
          : []),
      ];
    }
    case "bad-unlock": {
      const released = report.releasing?.at?.symbol;
      return [
        `Look for a path that reaches the unlock${here === "" && released != null ? ` in ${code(released)}` : here} without the lock: an error path, a second unlock, or a lock of another object.`,
      ];
    }
    case "nested-not-taken": {
      const outer = report.nestLock === null ? "the outer lock" : code(report.nestLock);
      return [`Take ${outer} around it${here}, on every path.`];
    }
    case "held-freed": {
      const { heldInFreed } = report;
      return heldInFreed === null
        ? []
        : [
            `Release ${code(heldInFreed.name)}${takenIn(heldInFreed)}, before the memory is freed${here}.`,
          ];
    }
    case "user-space":
    case "still-held":
    case "wq-leaked-lock": {
      const left = (held?.locks ?? []).map((lock) => `${code(lock.name)}${takenIn(lock)}`);
      return [
        `Find the path that leaves without releasing ${left.length === 0 ? "what is held" : left.join("; or ")}.`,
      ];
    }
    case "rcu-usage":
      return rcuMend(report);
    case "non-static-key":
      return [`Initialise the lock before it is used${here}.`];
    case "invalid-subclass":
      return ["Nest no deeper than subclass 7, or give the levels classes of their own."];
    case "limit":
    case "bfs-error":
    case "bad-contention":
      return [];
    case "debug-locks-warn":
    case "warn":
      return report.warnAt !== null
        ? [`Read the assertion at ${report.warnAt}, and what called it${here}.`]
        : [];
  }
}

/** Names that stand for waiting, not for a lock that is taken. */
const waiting = /^\(?(?:\((?:work|wq)_completion\)|\(&.*timer|&?\(?complete\))/;

function circle({ report, edges, holding }: Evidence): readonly string[] {
  const fresh = edges.find(({ learnt }) => learnt === "now");
  const older = edges.filter(({ learnt }) => learnt === "earlier");
  const places = older.flatMap(({ frames }) => foldStack(frames).functions.slice(0, 1));
  const named = [...new Set(places)].filter((name) => name !== "process_one_work").map(code);
  const flushed = edges.map(({ to }) => to).find((name) => waiting.test(name));
  return [
    ...(fresh === undefined
      ? []
      : [
          `One edge must go. The new one:${inPlace(report.backtrace)} ${code(fresh.to)} is ${waiting.test(fresh.to) ? "waited for" : "taken"} under ${code(fresh.from)}${waiting.test(fresh.from) ? ", which is running" : takenIn(holding)}.`,
        ]),
    "Release the first before the second is taken, take the two the other way round, try the second with a trylock and back off, or leave what needs it to a work item.",
    ...(named.length === 0 ? [] : [`Or the same with an older edge, in ${listed(named)}.`]),
    ...(flushed === undefined
      ? []
      : [
          `${code(flushed)} is no lock: someone waits for a work item or timer to end. Do not wait for it with a lock held that it takes.`,
        ]),
  ];
}

function rcuMend({ rcu, backtrace }: RcuUsageSplat): readonly string[] {
  const place =
    rcu?.file == null ? inPlace(backtrace) : ` at ${rcu.file}:${String(rcu.lineNumber ?? "?")}`;
  if (/idle|offline|extended/i.test(rcu?.what ?? "")) {
    return [`RCU does not watch this CPU${place}: do it before the CPU goes idle or offline.`];
  }
  if (/context switch|sleep/i.test(rcu?.what ?? "")) {
    return [`Do not block${place}: leave the read-side section before, or use SRCU.`];
  }
  return [
    `Put the access${place} between rcu_read_lock() and rcu_read_unlock(), or hold the lock of its updaters.`,
  ];
}

function again(report: RecursiveSplat): readonly string[] {
  const { acquiring, holding, backtrace } = report;
  const here = inPlace(backtrace);
  const context = openContext(report);
  if (context !== null) {
    return [
      `These are ww_mutexes, and an acquire context is open (${code(context.name)} is held): pass that ww_acquire_ctx to ww_mutex_lock()${here} and back off on -EDEADLK, or use ww_mutex_trylock().`,
      "Where no context can be passed, as in a release path, do it after ww_acquire_fini(), or in a work item.",
    ];
  }
  return acquiring?.addr != null && acquiring.addr === holding?.addr
    ? [
        `Do not take it again${here}: release the lock${takenIn(holding)}, before the call, or call a variant that expects it held.`,
      ]
    : [
        `Release the first${takenIn(holding)}, before the second is taken${here}; or take any two of the class in one order, as by address, on every path.`,
      ];
}
