/** Why lockdep reports, in a sentence: who takes which class inside which. */
import type { ClassView, Report, Stack } from "../../lockdep/index.js";

/** The paths by a function that each of them alone calls. */
const paths = [
  ["pi_wakeup_handler", "the handler"],
  ["pi_enable_wakeup_handler", "sched_out"],
  ["vmx_vcpu_pi_load", "sched_in"],
  ["wakes_at_boot", "the scheduler"],
] as const;

const who = (stack: Stack): string =>
  paths.find(([name]) => stack.includes(name))?.[1] ?? `${stack[0] ?? "somebody"}()`;

/**
 * Returns what lockdep complains of.
 *
 * @example
 * const { report } = lockdepInC(await loadKernelC(), kvmFiles(), ["o", "w", "i"]);
 * report === null ? "" : reasonOf(report) // "the scheduler takes rq inside pi, and sched_out takes wakeup/0 inside rq, and the handler takes pi inside wakeup/0: a circle"
 */
export function reasonOf(report: Report): string {
  switch (report.kind) {
    case "circular": {
      const taken = [...report.chain.slice(1), ...report.chain.slice(0, 1)];
      const outer = report.chain;
      const links = taken.map(
        ({ class: inner, stack }, at) =>
          `${who(stack)} takes ${wordOf(inner)} inside ${wordOf(outer[at]?.class ?? inner)}`,
      );
      return `${links.join(", and ")}: a circle`;
    }
    case "recursive":
      return `${who(report.stack)} takes ${wordOf(report.acquiring.class)} and holds one of that class`;
    case "inconsistent": {
      const [first, then] = [report.before.state, report.now];
      return (
        `${wordOf(report.lock.class)} is ${usageText(first)} in ${who(report.before.stack)} ` +
        `and ${usageText(then)} in ${who(report.stack)}`
      );
    }
    case "irq-inversion": {
      const [safe, unsafe] = report.forwards
        ? [report.lock.class, report.other]
        : [report.other, report.lock.class];
      const inside = wordOf(unsafe) === wordOf(safe) ? "it" : wordOf(unsafe);
      return `${wordOf(safe)} is taken in an interrupt, and inside it ${inside}, which is held with IRQs on`;
    }
    case "irq-safe-unsafe":
      return (
        `${wordOf(report.safe)}, taken in an interrupt by ${who(report.becameSafe.stack)}, has ` +
        `${wordOf(report.unsafe)} inside, held with IRQs on by ${who(report.becameUnsafe.stack)}`
      );
    case "wait-context":
      return (
        `${who(report.stack)} takes ${report.acquiring.instance}, of class ${wordOf(report.acquiring.class)}, ` +
        "which may wait longer than what is held allows"
      );
    case "bad-unlock":
      return `${who(report.stack)} releases ${wordOf(report)}, which it does not hold`;
    case "nested-not-taken":
      return `${who(report.stack)} takes ${wordOf(report.acquiring.class)} under ${report.nestLock}, which it does not hold`;
    case "invalid-subclass":
      return `${who(report.stack)} asks for subclass ${report.subclass}; there are 0 to 7`;
    case "held-freed":
    case "user-space":
    case "still-held":
    case "limit":
    case "bfs-error":
    case "non-static-key":
    case "debug-locks-warn":
    case "warn":
    case "oops":
      return `${report.kind} in ${who(report.stack)}`;
  }
}

const usageText = (state: string): string =>
  state.startsWith("IN-") ? "taken in an interrupt" : "held with IRQs on";

/** Returns a class in short, with the subclass where paths are told apart by it. */
export function wordOf({ name, subclass }: Partial<ClassView> & Pick<ClassView, "name">): string {
  const bare = name.replace(/[#/]\d+/g, "");
  // A class that a lock was given with a subclass has that in its name alone.
  const inner = subclass === undefined || subclass === 0 ? subclassIn(name) : subclass;
  if (bare.includes("wakeup_vcpus_on_cpu_lock")) return `wakeup/${String(inner)}`;
  const word = bare
    .replace(/^&(?:p->|rq->)?/, "")
    .replace(/^__lock$/, "rq")
    .replace(/^pi_lock$/, "pi");
  return inner === 0 ? word : `${word}/${String(inner)}`;
}

const subclassIn = (name: string): number => Number(/\/(\d)$/.exec(name)?.[1] ?? 0);
