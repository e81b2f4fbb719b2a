/** x86/resctrl, 2024 and 2025: held on behalf of the one who asks. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const resctrlIpiAssert: AtlasCase = {
  name: "resctrl-ipi-assert",
  title: "held, but by the one who asked",
  truth: "false",
  texts,
  question:
    "The interrupt walks a list that the hotplug lock protects, and asserts that the lock is held. It is not: nobody on that CPU took it. May the list change under it?",
  premises: [
    {
      name: "sender-waits",
      summary: "who sends the interrupt holds the lock and waits until it has run",
      holds: true,
      by: "both commits",
    },
  ],
  fixes: [
    { name: "no-assert", summary: "the assertion goes", fate: "merged, c0d848fcb09d" },
    {
      name: "look-up-before",
      summary: "what needs the lock is looked up before the interrupt is sent",
      fate: "merged, d2e1b84c5141, for another assertion of the kind",
    },
  ],
  mutants: [{ name: "unlocked-read", summary: "the sender does not take the lock" }],
  expected: [
    {
      lockdep: ["silent", "warn"],
      explorer: "safe",
      because: "silent where the CPU is gone before anybody asks",
    },
    { switched: ["sender-waits"], lockdep: ["silent", "warn"], explorer: "assert" },
    { mutant: "unlocked-read", lockdep: ["silent", "warn"], explorer: "assert" },
    { fix: "no-assert", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "no-assert",
      mutant: "unlocked-read",
      lockdep: ["silent"],
      explorer: "assert",
      because: "HIDDEN: who removes an assertion keeps the bug that it could have told",
    },
    { fix: "look-up-before", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "look-up-before",
      mutant: "unlocked-read",
      lockdep: ["warn"],
      explorer: "assert",
      because: "the assertion stands where the lock is taken, and still tells",
    },
  ],
  sources: [
    {
      where: "<ZdUSwOM9UUNpw84Y@agluck-desk3>",
      says: "the warning, on the idle task of a CPU that was asked",
    },
    {
      where: "c0d848fcb09d (arch/x86/kernel/cpu/resctrl/core.c, get_domain_from_cpu)",
      says: "the lock is held by another process: the annotation is removed",
    },
    {
      where: "d2e1b84c5141 (fs/resctrl/monitor.c, __mon_event_count)",
      says: "lockdep cannot follow the IPI; the cache's entry is passed instead of looked up",
    },
  ],
  reading:
    "The interrupt is a thread on the CPU that is asked, since what matters is who waits for whom. The second commit is about another lookup than the first; here both are one.",
  history:
    "lockdep_assert_held() asks what the current task holds. A function that another CPU runs on somebody's behalf is covered by the lock of the one who asked, as long as that one waits for the answer. No list of held locks shows it. Twice within two years resctrl was warned by such an assertion: once it was taken out, once the lookup moved to the side that holds the lock.",
};
