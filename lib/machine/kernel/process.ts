/** Who runs: threads, tasks of a run queue and devices; `handlers` has what runs above them. */
import { expectName, expectOptions } from "../../primitives/option-names.js";
import type { Process } from "../language/process-type.js";
import { in_hardirq, in_softirq, nothingAbove } from "./cpu.js";
import { expectFunction, me, meName } from "./member.js";
import { type Expr, type Operand, and, at, expr, not } from "../language/expr.js";
import { CPU, type IdSet, expectSet } from "../language/id-set.js";
import type { Statement } from "../language/statement.js";

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

const notInterrupted = (cpu: Operand): Expr =>
  and(not(at(in_hardirq, cpu)), not(at(in_softirq, cpu)), nothingAbove(cpu));

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
  expectName("thread", name);
  const [cpu, body] = typeof where === "number" ? [where, code] : [home, where];
  if (typeof cpu === "number" && (!Number.isInteger(cpu) || cpu < 0)) {
    throw new TypeError(`thread("${name}"): CPU ${String(cpu)}; CPUs are numbered from 0`);
  }
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
  expectName("tasks", name);
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

/** Returns a device: it may do its next step at any moment, or never again. */
export function device(name: string, body: readonly Statement[]): Process {
  expectName("device", name);
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
  expectName("devices", name);
  expectSet(`devices("${name}")`, over);
  expectFunction(`devices("${name}")`, body, "(me) => [...]");
  return { ...device(name, body(me(over))), over, me: meName(over) };
}
