/**
 * A device's interrupt line: kernel/irq. Its handler runs on one CPU at a time, whatever comes in the meantime,
 * so that it needs no lock against itself; a line that is disabled keeps what comes.
 */
import { expectName, expectOptions } from "../../primitives/option-names.js";
import { notInAtomic } from "../kernel-locks/common.js";
import { thread } from "../kernel/process.js";
import { type Operand, add, and, eq, lt, not, sub } from "../language/expr.js";
import type { Process } from "../language/process-type.js";
import { fn, forever } from "../language/control-flow.js";
import { assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, int, variable } from "../language/variable.js";
import { type Raised, handlerOf, raise, raised } from "./one-at-a-time.js";

/** A line. */
export interface IrqLine extends Raised {
  readonly kind: "irq_line";
  readonly on: Operand | "any";
  /** How often it is disabled: `desc->depth`. */
  readonly depth: Variable;
  /** Whether the thread of a threaded handler is to run, and whether it does: `desc->threads_active`. */
  readonly woken: Variable;
  readonly threadActive: Variable;
}

/** What a line may be told. */
export interface IrqLineOptions {
  /** The CPU where it comes, as `irq_set_affinity()` says; any, if left out. */
  readonly cpu?: number;
}

/**
 * Declares a device's interrupt line.
 *
 * @example
 * const irq = irq_line("eth0");
 */
export function irq_line(name: string, options: IrqLineOptions = {}): IrqLine {
  expectName("irq_line", name);
  expectOptions(`irq_line("${name}")`, options, { cpu: true });
  return {
    kind: "irq_line",
    ...raised(name),
    on: options.cpu ?? "any",
    depth: variable(`${name}.depth`, int(0, 3)),
    woken: variable(`${name}.thread_woken`, bool),
    threadActive: variable(`${name}.thread_active`, bool),
  };
}

/** Returns what a device does that raises its line. */
export const raise_irq = (of: IrqLine): Statement =>
  fn("raise_irq", [raise(`${of.name} raised`, of, of.on)]);

/** What `request_irq()` may be told. */
export interface IrqOptions {
  /** True where PREEMPT_RT runs the handler in the hardirq, too. */
  readonly IRQF_NO_THREAD?: boolean;
}

/**
 * Returns the handler of a line, in hardirq context with IRQs off: `request_irq()`.
 *
 * @example
 * const lock = spinlock("lock");
 * request_irq(irq_line("eth0"), "eth_interrupt", [spin_lock(lock), spin_unlock(lock)])
 */
export function request_irq(
  of: IrqLine,
  name: string,
  body: readonly Statement[],
  options: IrqOptions = {},
): Process {
  expectOptions(`request_irq("${name}")`, options, { IRQF_NO_THREAD: true });
  const { IRQF_NO_THREAD = false } = options;
  return handlerOf(of, name, {
    context: "hardirq",
    threaded: !IRQF_NO_THREAD,
    when: eq(of.depth, 0),
    body,
  });
}

/**
 * Returns both halves of `request_threaded_irq()`: a handler that wakes its thread, and the thread, which may
 * sleep. With `IRQF_ONESHOT` the line stays off until the thread is done.
 *
 * @param first what the hard half does first; nothing, as `irq_default_primary_handler()`, if empty
 */
export function request_threaded_irq(
  of: IrqLine,
  name: string,
  first: readonly Statement[],
  body: readonly Statement[],
  { IRQF_ONESHOT = true }: { readonly IRQF_ONESHOT?: boolean } = {},
): readonly Process[] {
  const quiet = and(not(of.woken), not(of.threadActive));
  const hard = handlerOf(of, `${name} (hard)`, {
    context: "hardirq",
    threaded: false,
    when: IRQF_ONESHOT ? and(eq(of.depth, 0), quiet) : eq(of.depth, 0),
    after: [assign(of.woken, true)],
    body: first,
  });
  const half = thread(`irq/${of.name}`, [
    forever([
      step("irq_thread() wakes", {
        when: of.woken,
        then: [assign(of.woken, false), assign(of.threadActive, true)],
        end: true,
      }),
      fn(name, body),
      step(`${name} done`, { then: [assign(of.threadActive, false)] }),
    ]),
  ]);
  return [hard, half];
}

/** `disable_irq_nosync()`: it does not wait for a handler that runs. */
export const disable_irq_nosync = ({ depth, name }: IrqLine): Step =>
  step(`disable_irq_nosync(${name})`, { then: [assign(depth, add(depth, 1))] });

/** `enable_irq()`: a misuse where the line is not disabled. What came in the meantime comes now. */
export const enable_irq = ({ depth, name }: IrqLine): Step =>
  step(`enable_irq(${name})`, {
    then: [
      check(lt(0, depth), `Unbalanced enable for IRQ ${name}`, "misuse"),
      assign(depth, sub(depth, 1)),
    ],
  });

const synchronized = (call: string, { running, woken, threadActive }: IrqLine): Step =>
  step(call, {
    when: and(not(running), not(woken), not(threadActive)),
    then: [notInAtomic(call)],
  });

/** `synchronize_irq()`: waits until neither the handler nor its thread runs. A misuse in atomic context. */
export const synchronize_irq = (of: IrqLine): Step =>
  synchronized(`synchronize_irq(${of.name})`, of);

/** `synchronize_hardirq()`: waits until the handler does not run; its thread may. */
export const synchronize_hardirq = ({ running, name }: IrqLine): Step =>
  step(`synchronize_hardirq(${name})`, { when: not(running) });

/** `disable_irq()`: the line is off, and nothing of it runs. A misuse in atomic context. */
export function disable_irq(of: IrqLine): Statement {
  const call = `disable_irq(${of.name})`;
  const off = step(`${call}: off`, {
    then: [notInAtomic(call), assign(of.depth, add(of.depth, 1))],
  });
  return fn("disable_irq", [off, synchronized(call, of)]);
}

/** `free_irq()`, as far as it waits: the line is off for good. */
export const free_irq = disable_irq;

/** Returns a device that raises a line again and again, or falls silent. */
export const raising = (of: IrqLine): readonly Statement[] => [forever([raise_irq(of)])];
