/** Parts that several kinds of report share. */
import type {
  HeldLockView,
  IrqStateView,
  PathStep,
  Report,
  Scenario,
  ScenarioRow,
} from "../../lockdep/index.js";
import { lockName, type Style } from "./style.js";

/** The banner of a report: `print_kernel_ident()` stands between two rules. */
export const banner = (style: Style, headline: string, width: number): string[] => [
  "",
  "=".repeat(width),
  headline,
  ...style.ident,
  "-".repeat(width),
];

/** `lockdep_print_held_locks()`. */
export function heldLocks(
  style: Style,
  task: string,
  held: readonly HeldLockView[],
): readonly string[] {
  if (held.length === 0) return [`no locks held by ${task}.`];
  const plural = held.length > 1 ? "s" : "";
  return [
    `${held.length} lock${plural} held by ${task}:`,
    ...held.map((lock, i) => ` #${i}: ${style.lock(lock)}`),
  ];
}

/** The locks held by the task of a report. */
export const heldBy = (style: Style, report: Report): readonly string[] =>
  heldLocks(style, style.task(report.task), report.held);

/** `stack backtrace:` and what follows it. */
export const backtrace = (style: Style, report: Report): readonly string[] => [
  "stack backtrace:",
  ...style.dumpStack(report.task, report.stack),
];

/** `[HC1[1]:SC0[0]:HE0:SE1]`. */
export function irqState(irq: IrqStateView): string {
  const flag = (on: boolean): number => (on ? 1 : 0);
  return (
    `[HC${irq.hardirqContext}[${irq.hardirqCount}]:SC${irq.softirqContext}[${irq.softirqCount}]` +
    `:HE${flag(irq.hardirqsEnabled)}:SE${flag(irq.softirqsEnabled)}]`
  );
}

/** Where the second CPU's column begins. */
const CPU1 = 31;

/** Lays out the rows; what an interrupt does is indented by two more. */
function rowLines(rows: readonly ScenarioRow[]): string[] {
  const interrupted = new Set<number>();
  return rows.map((row) => {
    const inside = interrupted.has(row.cpu) ? 2 : 0;
    const blanks = " ".repeat((row.cpu === 0 ? 2 : CPU1) + inside);
    switch (row.op) {
      case "<Interrupt>":
        interrupted.add(row.cpu);
        return `${blanks}<Interrupt>`;
      case "local_irq_disable":
        return `${blanks}local_irq_disable();`;
      case "lock":
      case "rlock":
      case "sync":
        return `${blanks}${row.op}(${row.lock});`;
    }
  });
}

/** Returns a scenario, from `Chain exists of:` to `*** DEADLOCK ***` and the blank line after it. */
export function scenarioLines(scenario: Scenario): readonly string[] {
  const { chain, cpus, interrupt, rows } = scenario;
  const exists = chain === null ? [] : ["Chain exists of:", `  ${chain.join(" --> ")}`, ""];
  const head =
    cpus === 1
      ? ["       CPU0", "       ----"]
      : ["       CPU0                    CPU1", "       ----                    ----"];
  return [
    ...exists,
    ` Possible ${interrupt ? "interrupt " : ""}unsafe locking scenario:`,
    "",
    ...head,
    ...rowLines(rows),
    "",
    " *** DEADLOCK ***",
    "",
  ];
}

/** `print_lock_class_header()` and, where the step has one, `... acquired at:`. */
export function pathStep(style: Style, step: PathStep): string[] {
  const blanks = " ".repeat(step.depth);
  const usages = step.usages.flatMap(({ state, stack }) => {
    const line = `${blanks}   ${state} at:`;
    // The kernel adds what printk() returned for the line to the depth, and one blank more.
    return [line, ...style.frames(stack, step.depth + line.length + 1)];
  });
  const acquired =
    step.acquiredAt === null
      ? []
      : [`${blanks} ... acquired at:`, ...style.frames(step.acquiredAt, 3), ""];
  return [
    `${blanks}-> ${lockName(step.class)} {`,
    ...usages,
    `${blanks} }`,
    `${blanks} ... key      at: ${style.key(step.class)}`,
    ...acquired,
  ];
}
