/** kernel/time, 2025: nobody else runs, so that a lock that may sleep never does. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const tickFreeze: AtlasCase = {
  name: "tick-freeze",
  title: "a lock that may sleep where nobody else is awake",
  truth: "false",
  texts,
  question:
    "A spinlock_t is taken under a raw one: on PREEMPT_RT, a lock that sleeps where nobody may. What would it sleep for?",
  premises: [
    {
      name: "spins",
      summary: "the kernel is not PREEMPT_RT, so that a spinlock_t spins",
      holds: true,
      by: "the reported kernel; what the rule is for is the other one",
    },
    {
      name: "alone",
      summary: "a CPU that is counted as frozen reads the chip no more",
      holds: true,
      by: "Thomas Gleixner: no concurrency is possible there; the commit says the same",
    },
  ],
  fixes: [
    {
      name: "override",
      summary:
        "DEFINE_WAIT_OVERRIDE_MAP(tick_freeze_map, LD_WAIT_SLEEP) around what reads the chip",
      fate: "merged, 92e250c624ea",
    },
    {
      name: "raw",
      summary: "rtc_lock becomes a raw_spinlock_t",
      fate: "the reporter's try, which he called not the right fix: it costs PREEMPT_RT its latency",
    },
  ],
  mutants: [
    {
      name: "acpi-event",
      summary: "a thread calls the handler of the alarm with interrupts on",
    },
  ],
  expected: [
    {
      lockdep: ["silent", "wait-context"],
      explorer: "safe",
      because: "silent where one of the CPUs is woken before the other was frozen",
    },
    { switched: ["spins"], lockdep: ["silent", "wait-context"], explorer: "safe" },
    { switched: ["alone"], lockdep: ["silent", "wait-context"], explorer: "safe" },
    {
      switched: ["alone", "spins"],
      lockdep: ["silent", "wait-context"],
      explorer: "assert",
      because: "now there is somebody to sleep for",
    },
    {
      mutant: "acpi-event",
      lockdep: ["inconsistent", "wait-context"],
      explorer: "deadlock",
      because: "lockdep says one thing and then no more: the false report may come first",
    },
    { fix: "override", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "override",
      switched: ["alone", "spins"],
      lockdep: ["silent"],
      explorer: "assert",
      because: "HIDDEN: the premise went into a comment, and lockdep does not read it",
    },
    {
      fix: "override",
      mutant: "acpi-event",
      lockdep: ["inconsistent"],
      explorer: "deadlock",
      because: "the false report was in front of this one: it was found seven weeks after the fix",
    },
    { fix: "raw", lockdep: ["silent"], explorer: "safe" },
    { fix: "raw", switched: ["alone", "spins"], lockdep: ["silent"], explorer: "safe" },
    { fix: "raw", mutant: "acpi-event", lockdep: ["inconsistent"], explorer: "deadlock" },
  ],
  sources: [
    {
      where: "linux-rtc, <20250330113202.GAZ-krsjAnurOlTcp-@fat_crate.local>",
      says: "the report: rtc_lock under tick_freeze_lock; a raw lock makes it go away",
    },
    {
      where: "linux-rtc, <87sempv17b.ffs@tglx>",
      says: "interrupts are off and one CPU alone works: safe, and lockdep cannot know",
    },
    {
      where: "92e250c624ea (kernel/time/tick-common.c, tick_freeze, tick_unfreeze)",
      says: "the override, with the premise as a comment",
    },
    {
      where: "linux-rtc, <aDtJ92foPUYmGheF@debian.local>",
      says: "on a kernel with the override: inconsistent lock state of rtc_lock, in a thread of ACPI",
    },
    {
      where: "00a39d8652ff (drivers/rtc/rtc-cmos.c, cmos_interrupt)",
      says: "that one was real: the handler is called from a thread too; spin_lock_irqsave()",
    },
  ],
  reading:
    "Two CPUs freeze, a third wakes them. PREEMPT_RT is a constant in the text: with it, the lock is a flag whose slow path asserts that it may sleep, as rtlock_slowlock() would schedule. That the false report had stood in front of the second one was guessed in the thread; here it is an order in which the paths run.",
  history:
    "Since 6.13 lockdep reports by default what would sleep on PREEMPT_RT. In March 2025 a machine that went to suspend-to-idle was reported: the last CPU to freeze its tick holds a raw lock and reads the time from a chip whose lock is no raw one. It had always been so. All others are asleep then, so that the lock cannot be taken; a map told lockdep to let it pass. Two months later a reader of the log found another report of the same lock. That one was real, and older.",
};
