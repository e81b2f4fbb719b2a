/** What runs above tasks, on every CPU: hardirqs, softirqs, NMIs. */
import { expectName, expectOptions } from "../../primitives/option-names.js";
import { shown } from "../../primitives/shown.js";
import { forever } from "../language/control-flow.js";
import { type FactTemplate, assign } from "../language/effect.js";
import { type Expr, and, at, eq, expr, not } from "../language/expr.js";
import { CPU } from "../language/id-set.js";
import type { Process } from "../language/process-type.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";
import {
  bh_count,
  in_hardirq,
  in_nested_irq,
  in_nmi,
  in_softirq,
  irqs_enabled,
  nothingAbove,
} from "./cpu.js";
import { expectFunction, me, meName } from "./member.js";

function expectHandler(where: string, latch: unknown, body: unknown): void {
  expectFunction(where, body, "(cpu) => [...]");
  const variable = latch as Partial<Variable> | null | undefined;
  const [of] = variable?.per ?? [];
  if (variable?.per?.length === 1 && typeof of === "object" && of.name === CPU.name) return;
  throw new TypeError(
    `${where}: a variable of each CPU says that it is to come, as in ` +
      `variable("vector", bool, { per: [CPU] }), and not ${shown(latch)}`,
  );
}

const cpu = me(CPU);

/** How a kind of handler comes and goes. */
interface Level {
  readonly kind: Process["kind"];
  /** Says that one runs. */
  readonly flag: Variable;
  /** When one may come, beside that it is latched. */
  readonly when: Expr;
  /** When one goes on. */
  readonly runs: Expr;
  /** Whether it comes with IRQs off. */
  readonly irqsOff: boolean;
  readonly enter: readonly FactTemplate[];
  readonly exit: readonly FactTemplate[];
}

/** Returns the handler of a latch: round after round it waits for the latch, clears it and runs. */
function handler(
  name: string,
  latch: Variable,
  body: (cpu: Expr) => readonly Statement[],
  { kind, flag, when, runs, irqsOff, enter, exit }: Level,
): Process {
  const switchIrqs = (on: boolean) => (irqsOff ? [assign(at(irqs_enabled, cpu), on)] : []);
  const enters = step(`<${name}>`, {
    when: and(at(latch, cpu), when),
    then: [assign(at(latch, cpu), false), ...switchIrqs(false), assign(at(flag, cpu), true)],
    facts: enter,
    end: true,
  });
  const leaves = step(`</${name}>`, {
    then: [assign(at(flag, cpu), false), ...switchIrqs(true)],
    facts: exit,
  });
  return {
    name,
    kind,
    over: CPU,
    me: meName(CPU),
    cpu,
    runs,
    hasCpu: expr(false),
    body: [forever([enters, { kind: "call", name, body: body(cpu) }, leaves])],
  };
}

/** What the kernel knows of a handler. */
export interface HardirqOptions {
  /**
   * True for what runs with IRQs off on every kernel: a vector of each CPU, an IPI, the timer's. Others are
   * run by threads under PREEMPT_RT, so that lockdep lets them take a `spinlock_t`; false by default.
   */
  readonly IRQF_NO_THREAD?: boolean;
  /** True for one that also interrupts another handler, where that has enabled IRQs; false by default. */
  readonly nests?: boolean;
}

/**
 * Returns the hardirq handler of a vector on every CPU: it runs to completion, IRQs off, above
 * whatever runs there, at any point where IRQs are on and the vector is latched.
 *
 * Lockdep is told whether PREEMPT_RT would run it in a thread, as `__handle_irq_event_percpu()` of
 * kernel/irq/handle.c does.
 *
 * @example
 * const lock = spinlock("lock");
 * const vector = variable("vector", bool, { per: [CPU] });
 * hardirq("my_interrupt", vector, () => [spin_lock(lock), spin_unlock(lock)]).kind // "hardirq"
 */
export function hardirq(
  name: string,
  vector: Variable,
  body: (cpu: Expr) => readonly Statement[],
  options: HardirqOptions = {},
): Process {
  expectName("hardirq", name);
  expectHandler(`hardirq("${name}")`, vector, body);
  expectOptions(`hardirq("${name}")`, options, { IRQF_NO_THREAD: true, nests: true });
  const threaded = options.IRQF_NO_THREAD !== true;
  const { nests = false } = options;
  const free = nests
    ? not(at(in_nested_irq, cpu))
    : and(not(at(in_hardirq, cpu)), not(at(in_nested_irq, cpu)));
  return handler(name, vector, body, {
    kind: "hardirq",
    flag: nests ? in_nested_irq : in_hardirq,
    when: and(at(irqs_enabled, cpu), free),
    runs: nests ? not(at(in_nmi, cpu)) : nothingAbove(cpu),
    irqsOff: true,
    enter: [
      { kind: "hardirqs", on: false },
      { kind: "enter", context: "hardirq", threaded },
    ],
    exit: [
      { kind: "exit", context: "hardirq" },
      { kind: "hardirqs", on: true },
    ],
  });
}

/**
 * Returns a softirq on every CPU: runs above tasks and below hardirqs, with IRQs on and, as
 * `__do_softirq()` has it, bottom halves off.
 */
export function softirq(
  name: string,
  pending: Variable,
  body: (cpu: Expr) => readonly Statement[],
): Process {
  expectName("softirq", name);
  expectHandler(`softirq("${name}")`, pending, body);
  return handler(name, pending, body, {
    kind: "softirq",
    flag: in_softirq,
    when: and(at(irqs_enabled, cpu), eq(at(bh_count, cpu), 0), not(at(in_softirq, cpu))),
    runs: and(not(at(in_hardirq, cpu)), nothingAbove(cpu)),
    irqsOff: false,
    enter: [
      { kind: "softirqs", on: false },
      { kind: "enter", context: "softirq" },
    ],
    exit: [
      { kind: "exit", context: "softirq" },
      { kind: "softirqs", on: true },
    ],
  });
}

/**
 * Returns an NMI handler on every CPU: it comes whether IRQs are on or off, above handlers too, and only while no NMI
 * runs there. What it takes must not be held by anything that it interrupts; lockdep is off in it but for one check.
 *
 * @example
 * const vector = variable("nmi", bool, { per: [CPU] });
 * nmi("perf_event_nmi", vector, () => []).kind // "hardirq"
 */
export function nmi(
  name: string,
  vector: Variable,
  body: (cpu: Expr) => readonly Statement[],
): Process {
  expectName("nmi", name);
  expectHandler(`nmi("${name}")`, vector, body);
  return handler(name, vector, body, {
    kind: "hardirq",
    flag: in_nmi,
    when: not(at(in_nmi, cpu)),
    runs: expr(true),
    irqsOff: false,
    enter: [{ kind: "nmi", on: true }],
    exit: [{ kind: "nmi", on: false }],
  });
}
