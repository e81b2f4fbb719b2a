/** Whether a report's own stack shows a hard interrupt that lockdep does not know of. */
import type { SplatReport } from "../../report/index.js";
import { sureNames } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";

/** What an interrupt comes in through, and nothing else does: other entries are also called by tasks. */
const entries =
  /^(?:asm_sysvec_\w+|asm_common_interrupt|common_interrupt|do_IRQ|ret_from_intr|el1_irq|el1_interrupt|el1h_64_irq|gic_handle_irq|__irq_svc|handle_arch_irq|do_ext_irq)$/;
const tasks =
  /^(?:el0\w*|asm_exc_\w+|ret_from_fork\w*|do_softirq\w*|__do_softirq|handle_softirqs)$/;

/**
 * Returns the function by which an interrupt came in, where the task took a lock "with hardirqs on"
 * (`HARDIRQ-ON`) in what lockdep has for task context (`HC0`), and the stack shows it within that
 * interrupt; else null.
 */
export function unseenInterrupt(report: SplatReport): string | null {
  if (report.kind !== "inconsistent") return null;
  const { usageTo, irqState, backtrace } = report;
  if (!/^HARDIRQ-ON-[RW]$/.test(usageTo ?? "")) return null;
  if (!(irqState ?? "").startsWith("HC0[0]:SC0[0]")) return null;
  for (const symbol of sureNames(backtrace)) {
    const name = plainName(symbol);
    if (entries.test(name)) return name;
    if (tasks.test(name)) return null;
  }
  return null;
}
