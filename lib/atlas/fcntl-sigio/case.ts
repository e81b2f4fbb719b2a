/** fs/fcntl.c, 2020: a reader waits behind a writer who waits for a reader that was interrupted. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const fcntlSigio: AtlasCase = {
  name: "fcntl-sigio",
  title: "readers do not exclude each other",
  truth: "real",
  texts,
  question:
    "Two readers of one rwlock_t never wait for each other. Who would the reader on the second CPU wait for?",
  premises: [
    {
      name: "no-writer",
      summary: "nobody ever calls F_SETOWN",
      holds: false,
      by: "our reading: without a writer in the queue the readers pass",
    },
  ],
  fixes: [
    {
      name: "irqsave",
      summary: "send_sigurg() and send_sigio() read with interrupts off",
      fate: "merged, 8d1ddb5e7937",
    },
  ],
  mutants: [
    {
      name: "f-getown",
      summary: "one more reader with interrupts on: f_getown()",
    },
  ],
  expected: [
    { lockdep: ["irq-inversion"], explorer: "deadlock" },
    {
      switched: ["no-writer"],
      lockdep: ["irq-inversion"],
      explorer: "safe",
      because: "a fair lock needs a writer to be unfair to readers",
    },
    { mutant: "f-getown", lockdep: ["irq-inversion"], explorer: "deadlock" },
    { fix: "irqsave", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "irqsave",
      mutant: "f-getown",
      lockdep: ["irq-inversion"],
      explorer: "deadlock",
      because: "as it came, a year later",
    },
  ],
  sources: [
    {
      where: "8d1ddb5e7937 (fs/fcntl.c, send_sigio, send_sigurg), November 2020",
      says: "the report (irq lock inversion, &f->f_owner.lock and &dev->event_lock), the schedule on three CPUs, the fix",
    },
    {
      where: "f671a691e299 (fs/fcntl.c), July 2021",
      says: "the same in the readers that the fix had left out, f_getown() among them",
    },
    {
      where: "kernel/locking/qrwlock.c, queued_read_lock_slowpath()",
      says: "a reader queues behind a waiting writer, unless it runs in an interrupt",
    },
  ],
  reading:
    "The chain event_lock, buffer_lock, fa_lock, f_owner.lock is two locks here. Only the interrupt that matters is modelled, on the CPU of the reader with interrupts on.",
  history:
    "When lockdep learnt in 2020 to follow readers that may wait, syzbot found this at once. A task reads a file's owner with interrupts on. An interrupt wants the input device's lock; its holder, on another CPU, wants to read the same owner. A reader and a reader: but between the two a writer has queued, and a fair lock lets no new reader pass a waiting writer. Three CPUs, three locks' worth of patience, and nobody moves. The fix disabled interrupts in two readers. A year later the same had to be done in the readers that it had missed.",
};
