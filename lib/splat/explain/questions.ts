/** What to ask before a report is believed, and which annotation goes with each answer. */
import type { SplatReport } from "../report.js";
import type { SplatAnnotation } from "./annotations.js";
import { annotations } from "./annotations.js";
import { edgesOf } from "./edges.js";
import { foldStack } from "./fold-stack.js";
import { code, listed } from "./words.js";

/** A question about this report. */
export interface SplatQuestion {
  readonly ask: string;
  /** What of the report makes it worth asking. */
  readonly why: string;
  /** What exists if the answer is that the report is a false positive. */
  readonly ifFalse: readonly SplatAnnotation[];
}

/** The questions, the most telling first. */
export function questionsFor(report: SplatReport): readonly SplatQuestion[] {
  switch (report.kind) {
    case "circular":
      return [
        sameInstances(report),
        canMeet(report),
        outerLock(report),
        ...onlyAtStart(report),
        lastResort,
      ];
    case "recursive":
      return [ordered(report), ...roles(report), lastResort];
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return [interruptMeets(report), sameInstances(report), ...outerIrq(report), lastResort];
    case "wait-context":
      return [onRt, mustSpin];
    case "rcu-usage":
      return [whoProtects];
    case "bad-unlock":
    case "user-space":
    case "still-held":
    case "wq-leaked-lock":
      return [otherOwner];
    case "non-static-key":
    case "debug-locks-warn":
      return [initialised];
    case "limit":
    case "bfs-error":
      return [tooMany];
    case "nested-not-taken":
      return [outerLock(report)];
    case "held-freed":
    case "invalid-subclass":
    case "bad-contention":
    case "warn":
      return [];
  }
}

function sameInstances(report: SplatReport): SplatQuestion {
  const addressed = [report.acquiring, report.holding].filter((lock) => lock?.addr != null);
  const known = addressed.map((lock) => `${code(lock?.name ?? "")} at ${lock?.addr ?? ""}`);
  return {
    ask: "Are they the same locks on every path, or only locks of the same class?",
    why:
      known.length === 0
        ? "lockdep reasons about classes; the report has no addresses to compare."
        : `lockdep reasons about classes. Here it was ${listed(known)}; the earlier paths may have used other locks of the classes.`,
    ifFalse: [annotations.setClass, annotations.nested],
  };
}

function canMeet(report: SplatReport): SplatQuestion {
  const contexts = edgesOf(report).map(({ frames }) => foldStack(frames).context);
  const seen = [...new Set(contexts.filter((context) => context !== "task"))];
  return {
    ask: "Can the paths be at their points at the same moment, on the same CPU or on two?",
    why:
      seen.length > 1
        ? `They run in different contexts (${listed(seen)}), so something may keep them apart: interrupts off, one CPU, one worker, a state of the object.`
        : "Something that lockdep does not see may keep them apart: one CPU, interrupts off, a state of the object, a reference count.",
    ifFalse: [annotations.subclassPaths],
  };
}

function outerLock(report: SplatReport): SplatQuestion {
  const own = new Set(report.chain.map(({ lock }) => lock.name));
  const outer = (report.held?.locks ?? [])
    .map(({ name }) => name)
    .filter(
      (name) => !own.has(name) && name !== report.acquiring?.name && !name.startsWith("rcu_"),
    );
  return {
    ask: "Do all paths hold one outer lock exclusively, so that only one of them can run?",
    why:
      outer.length === 0
        ? "This task holds nothing else that would keep others out."
        : `This task also holds ${listed([...new Set(outer)].map(code))}. If every path of the circle does, the circle cannot close; lockdep does not take that into account.`,
    ifFalse: [annotations.nestLock, annotations.trylock],
  };
}

const startUp = /^(?:kernel_init\w*|do_one_initcall|start_kernel|\w+_init|probe\w*|\w+_probe)$/;

function onlyAtStart(report: SplatReport): readonly SplatQuestion[] {
  const early = edgesOf(report).filter(
    ({ learnt, frames }) =>
      learnt === "earlier" && frames.some(({ symbol }) => symbol !== null && startUp.test(symbol)),
  );
  const [first] = early;
  if (first === undefined) return [];
  return [
    {
      ask: "Was an edge learnt while something was only being set up or taken down?",
      why: `${code(first.from)} -> ${code(first.to)} was first seen below an init or probe function, when perhaps nobody else knew the object. lockdep keeps only the first place: later code may do the same.`,
      ifFalse: [annotations.setClass],
    },
  ];
}

function ordered(report: SplatReport): SplatQuestion {
  const a = report.acquiring?.addr ?? null;
  const b = report.holding?.addr ?? null;
  return {
    ask: "Is it the same lock, or two of one class that are always taken in one order?",
    why:
      a === null || b === null
        ? "The report has no addresses to tell."
        : a === b
          ? `Both are at ${a}: the same lock. That is a deadlock, unless it is taken for reading both times.`
          : `They are at ${b} and ${a}: two locks. An order by parent and child, or by address, makes it safe.`,
    ifFalse: [annotations.nested, annotations.nestLock],
  };
}

function roles(report: SplatReport): readonly SplatQuestion[] {
  if (report.acquiring?.addr === report.holding?.addr) return [];
  return [
    {
      ask: "Do the two objects have different roles, as a device on top of another?",
      why: "All locks that one line of code initialises are one class, whatever they are for.",
      ifFalse: [annotations.setClass],
    },
  ];
}

function interruptMeets(report: SplatReport): SplatQuestion {
  const which = report.irqClass ?? report.usageFrom ?? report.usageTo ?? "";
  const name = which.includes("SOFTIRQ") ? "softirq" : "interrupt";
  return {
    ask: `Can that ${name} come while the lock is held, on the same CPU?`,
    why: `The class was seen in the ${name} and with it enabled, perhaps on different locks or before the handler was there.`,
    ifFalse: [annotations.irqsave, annotations.setClass],
  };
}

function outerIrq(report: SplatReport): readonly SplatQuestion[] {
  if (report.kind !== "irq-safe-unsafe") return [];
  return [
    {
      ask: "Does the code in between really need the inner lock under the outer one?",
      why: "The new edge is what connects them; dropping the outer lock first, or deferring the inner step, removes it.",
      ifFalse: [annotations.trylock],
    },
  ];
}

const onRt: SplatQuestion = {
  ask: "Does PREEMPT_RT run this code in this context?",
  why: "Some interrupts run in threads there, and some code is never built with it.",
  ifFalse: [annotations.waitOverride],
};

const mustSpin: SplatQuestion = {
  ask: "Must the lock be taken here at all?",
  why: "Often it can be taken before the raw lock, or the work be deferred until after it.",
  ifFalse: [annotations.rawSpinlock],
};

const whoProtects: SplatQuestion = {
  ask: "What protects the access, if not an RCU reader?",
  why: "Updaters hold a lock, and a reference may keep the object alive; then the access is safe but does not say so.",
  ifFalse: [annotations.rcuCondition],
};

const otherOwner: SplatQuestion = {
  ask: "Is another task meant to release the lock?",
  why: "A few locks are handed over on purpose, as those that freeze a file system.",
  ifFalse: [annotations.nonOwner],
};

const initialised: SplatQuestion = {
  ask: "Was the lock initialised before it was used, with a key that lives long enough?",
  why: "A lock in zeroed memory works but has no key.",
  ifFalse: [annotations.registerKey],
};

const tooMany: SplatQuestion = {
  ask: "Is the machine just large, or does something make classes or chains without end?",
  why: "/proc/lockdep_stats says how full each table is, /proc/lockdep which classes there are.",
  ifFalse: [annotations.limits],
};

const lastResort: SplatQuestion = {
  ask: "And if nothing of this can be told to lockdep?",
  why: "Silence has its price: the first report switches lockdep off, so a false one hides all later bugs; but so does an annotation that says too much.",
  ifFalse: [annotations.novalidate],
};
