/** Who runs: threads, tasks of a run queue, interrupt handlers and devices. */
import { expectOptions } from "../../primitives/option-names.js";
import type { Process } from "../language/process-type.js";
import {
  bh_count,
  in_hardirq,
  in_nested_irq,
  in_nmi,
  in_softirq,
  irqs_enabled,
  nothingAbove,
} from "./cpu.js";
import { type Expr, type Operand, and, at, eq, expr, not } from "../language/expr.js";
import { CPU, type IdSet, expectSet } from "../language/id-set.js";
import { shown } from "../../primitives/shown.js";
import { type Statement, assign, forever, step } from "../language/statement.js";
import type { Variable } from "../language/variable.js";

/** How a task gets to run. */
export interface TaskOptions {
  /**
   * The CPU that it is on: a number, or an expression if it migrates; one of its own that is none of the
   * scenario's `sizes`, if left out.
   */
  readonly cpu?: Operand;
  /** When it has that CPU, such as `eq(at(curr, cpu), me)`; always, if left out. */
  readonly runs?: Operand;
  /** What it does where its body ends, such as `do_exit()`; nothing, if left out: it keeps its CPU. */
  readonly exit?: readonly Statement[];
}

const me = (set: IdSet): Expr => ({ op: "bound", name: `this ${set.name}`, set });
const meName = (set: IdSet | null): string => (set === null ? "" : `this ${set.name}`);

const notInterrupted = (cpu: Operand): Expr =>
  and(not(at(in_hardirq, cpu)), not(at(in_softirq, cpu)), nothingAbove(cpu));

function expectFunction(where: string, given: unknown, wanted: string): void {
  if (typeof given === "function") return;
  throw new TypeError(`${where}: a function ${wanted} is wanted, and not ${shown(given)}`);
}

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

/** The CPU of a thread that was given none. */
const home: Expr = { op: "home" };

/**
 * Returns a thread that has a CPU for itself, but for the interrupts there.
 *
 * CPUs are numbered from 0. Without a number it is all the same which: the thread runs beside those of the scenario's CPUs, none of
 * which it takes from anybody, and what comes to any CPU (a timer, a device's line) can come to its own.
 *
 * Where the body ends it waits forever, holding what it holds: it is not `do_exit()`, and lockdep
 * is told of no exit.
 *
 * @example
 * const a = raw_spinlock("a");
 * thread("T0", 0, [raw_spin_lock(a), raw_spin_unlock(a)]).kind // "task"
 * @example
 * const m = mutex("m");
 * thread("kworker", [mutex_lock(m), mutex_unlock(m)]).name // "kworker"
 */
export function thread(name: string, body: readonly Statement[]): Process;
export function thread(name: string, cpu: number, body: readonly Statement[]): Process;
export function thread(
  name: string,
  where: number | readonly Statement[],
  code: readonly Statement[] = [],
): Process {
  const [cpu, body] = typeof where === "number" ? [where, code] : [home, where];
  return {
    name,
    kind: "task",
    over: null,
    me: "",
    cpu: expr(cpu),
    runs: notInterrupted(cpu),
    hasCpu: expr(true),
    body,
  };
}

/**
 * Returns a task for each member of a set; the body gets the member.
 *
 * @example
 * const worker = idSet("worker");
 * const busy = variable("busy", bool, { per: [worker] });
 * tasks("worker", worker, () => ({}), (me) => [set(at(busy, me), true)]).over?.name // "worker"
 */
export function tasks(
  name: string,
  over: IdSet,
  options: (me: Expr) => TaskOptions,
  body: (me: Expr) => readonly Statement[],
): Process {
  expectSet(`tasks("${name}")`, over);
  expectFunction(`tasks("${name}")`, options, "(me) => ({ cpu: ... })");
  expectFunction(`tasks("${name}")`, body, "(me) => [...]");
  const told = options(me(over));
  const where: unknown = told;
  expectOptions(`tasks("${name}")`, where, { cpu: true, runs: true, exit: true });
  const { cpu = home, runs = true, exit = [] } = told;
  expectCpu(name, cpu);
  return {
    name,
    kind: "task",
    over,
    me: meName(over),
    cpu: expr(cpu),
    runs: and(runs, notInterrupted(cpu)),
    hasCpu: expr(runs),
    body: body(me(over)),
    exit,
  };
}

/** Throws a TypeError where a member of another set stands for a CPU. */
function expectCpu(name: string, cpu: Operand): void {
  const of = expr(cpu);
  if (of.op !== "bound" || of.set === null || of.set.name === CPU.name) return;
  const set = of.set.name;
  throw new TypeError(
    `tasks("${name}"): cpu is a ${set}, and a ${set} is no CPU; without cpu, as in ` +
      `tasks("${name}", ${set}, () => ({}), (me) => [...]), each has one of its own`,
  );
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
  expectHandler(`hardirq("${name}")`, vector, body);
  expectOptions(`hardirq("${name}")`, options, { IRQF_NO_THREAD: true, nests: true });
  const threaded = options.IRQF_NO_THREAD !== true;
  const { nests = false } = options;
  const cpu = me(CPU);
  const flag = nests ? in_nested_irq : in_hardirq;
  const free = nests
    ? not(at(in_nested_irq, cpu))
    : and(not(at(in_hardirq, cpu)), not(at(in_nested_irq, cpu)));
  const enter = step(`<${name}>`, {
    when: and(at(vector, cpu), at(irqs_enabled, cpu), free),
    then: [
      assign(at(vector, cpu), false),
      assign(at(irqs_enabled, cpu), false),
      assign(at(flag, cpu), true),
    ],
    facts: [
      { kind: "hardirqs", on: false },
      { kind: "enter", context: "hardirq", threaded },
    ],
    end: true,
  });
  const exit = step(`</${name}>`, {
    then: [assign(at(flag, cpu), false), assign(at(irqs_enabled, cpu), true)],
    facts: [
      { kind: "exit", context: "hardirq" },
      { kind: "hardirqs", on: true },
    ],
  });
  return {
    name,
    kind: "hardirq",
    over: CPU,
    me: meName(CPU),
    cpu,
    runs: nests ? not(at(in_nmi, cpu)) : nothingAbove(cpu),
    hasCpu: expr(false),
    body: [forever([enter, { kind: "call", name, body: body(cpu) }, exit])],
  };
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
  expectHandler(`softirq("${name}")`, pending, body);
  const cpu = me(CPU);
  const enter = step(`<${name}>`, {
    when: and(
      at(pending, cpu),
      at(irqs_enabled, cpu),
      eq(at(bh_count, cpu), 0),
      not(at(in_softirq, cpu)),
    ),
    then: [assign(at(pending, cpu), false), assign(at(in_softirq, cpu), true)],
    facts: [
      { kind: "softirqs", on: false },
      { kind: "enter", context: "softirq" },
    ],
    end: true,
  });
  const exit = step(`</${name}>`, {
    then: [assign(at(in_softirq, cpu), false)],
    facts: [
      { kind: "exit", context: "softirq" },
      { kind: "softirqs", on: true },
    ],
  });
  return {
    name,
    kind: "softirq",
    over: CPU,
    me: meName(CPU),
    cpu,
    runs: and(not(at(in_hardirq, cpu)), nothingAbove(cpu)),
    hasCpu: expr(false),
    body: [forever([enter, { kind: "call", name, body: body(cpu) }, exit])],
  };
}

/**
 * Returns an NMI handler on every CPU: it comes whether IRQs are on or off, above handlers too, and only while no NMI
 * runs there. What it takes nobody whom it interrupts may hold; lockdep is off in it but for one check.
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
  expectHandler(`nmi("${name}")`, vector, body);
  const cpu = me(CPU);
  const enter = step(`<${name}>`, {
    when: and(at(vector, cpu), not(at(in_nmi, cpu))),
    then: [assign(at(vector, cpu), false), assign(at(in_nmi, cpu), true)],
    facts: [{ kind: "nmi", on: true }],
    end: true,
  });
  const exit = step(`</${name}>`, {
    then: [assign(at(in_nmi, cpu), false)],
    facts: [{ kind: "nmi", on: false }],
  });
  return {
    name,
    kind: "hardirq",
    over: CPU,
    me: meName(CPU),
    cpu,
    runs: expr(true),
    hasCpu: expr(false),
    body: [forever([enter, { kind: "call", name, body: body(cpu) }, exit])],
  };
}

/** Returns a device: it may do its next step at any moment, or never again. */
export function device(name: string, body: readonly Statement[]): Process {
  return {
    name,
    kind: "device",
    over: null,
    me: "",
    cpu: null,
    runs: expr(true),
    hasCpu: expr(false),
    body,
  };
}

/** Returns a device for each member of a set. */
export function devices(
  name: string,
  over: IdSet,
  body: (me: Expr) => readonly Statement[],
): Process {
  expectSet(`devices("${name}")`, over);
  expectFunction(`devices("${name}")`, body, "(me) => [...]");
  return { ...device(name, body(me(over))), over, me: meName(over) };
}
