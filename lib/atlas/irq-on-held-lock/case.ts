/** A handler that takes the lock of what it interrupted. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const irqOnHeldLock: AtlasCase = {
  name: "irq-on-held-lock",
  title: "an interrupt on a held lock",
  truth: "real",
  texts,
  question:
    "The handler waits for a lock whose holder cannot run before the handler has ended. On which CPU does the interrupt come?",
  premises: [
    {
      name: "same-cpu",
      summary: "the interrupt comes on the CPU of the task",
      holds: true,
      by: "our reading: lockdep does not know where an interrupt comes",
    },
  ],
  fixes: [
    {
      name: "irqsave",
      summary: "the task disables interrupts while it holds the lock",
      fate: "the textbook",
    },
  ],
  mutants: [],
  expected: [
    { lockdep: ["inconsistent"], explorer: "deadlock" },
    {
      switched: ["same-cpu"],
      lockdep: ["inconsistent"],
      explorer: "safe",
      because: "on another CPU the handler only waits for a while",
    },
    { fix: "irqsave", lockdep: ["silent"], explorer: "safe" },
  ],
  sources: [
    {
      where: "Documentation/locking/spinlocks.rst",
      says: "a lock that an interrupt takes is taken with interrupts off elsewhere",
    },
  ],
  reading: "One task, one interrupt, on one CPU.",
  history:
    "Why spin_lock_irqsave() exists. An interrupt that is bound to another CPU makes the same code safe; lockdep says the same of both, and is right to, since interrupts move.",
};
