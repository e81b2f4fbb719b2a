/** virt/kvm, 2024: the real sibling of the posted-interrupt report. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const kvmUsageLock: AtlasCase = {
  name: "kvm-usage-lock",
  title: "a fair lock, an SRCU and five tasks",
  truth: "real",
  texts,
  question:
    "The circle goes through a read lock and an SRCU read side, and readers do not wait for readers. What else must happen for it to close?",
  premises: [
    {
      name: "hotplug",
      summary: "a CPU comes up meanwhile",
      holds: true,
      by: "the commit: a writer, due to the fairness of the lock",
    },
    {
      name: "new-vm",
      summary: "a VM is created meanwhile",
      holds: true,
      by: "the stacks of the report; the commit's timeline has no column for it",
    },
  ],
  fixes: [
    {
      name: "usage-lock",
      summary: "a mutex of its own for the usage count: kvm_usage_lock",
      fate: "merged, 44d174596260",
    },
  ],
  mutants: [
    {
      name: "one-column",
      summary:
        "set_nx_huge_pages() does all that the timeline's second column does, and no VM is created",
    },
  ],
  expected: [
    { lockdep: ["circular"], explorer: "deadlock" },
    {
      switched: ["hotplug"],
      lockdep: ["circular"],
      explorer: "safe",
      because: "without a writer in the queue, the readers pass",
    },
    {
      switched: ["new-vm"],
      lockdep: ["silent"],
      explorer: "safe",
      because: "nobody takes kvm_lock under cpus_read_lock() then",
    },
    {
      mutant: "one-column",
      lockdep: ["circular"],
      explorer: "deadlock",
      because: "as the timeline is drawn: three tasks and a writer",
    },
    { fix: "usage-lock", lockdep: ["silent"], explorer: "safe" },
    { fix: "usage-lock", mutant: "one-column", lockdep: ["circular"], explorer: "deadlock" },
  ],
  sources: [
    {
      where: "44d174596260 (virt/kvm/kvm_main.c), <20240830043600.127750-2-seanjc@google.com>",
      says: "the report with its four stacks, the timeline of three CPUs, and that it takes a writer",
    },
    {
      where: "Documentation/virt/kvm/locking.rst, as changed there",
      says: "cpus_read_lock() is easily taken under kvm_lock without being noticed",
    },
  ],
  reading:
    "The timeline has cpu_hotplug_lock, kvm_lock and slots_lock in one column. In the stacks of the report they are two functions: creating a VM takes the first two, the write to nx_huge_pages the last two. As the stacks are, it takes four tasks and the writer, and the timeline nine steps on five CPUs where the changelog has eight on three; the explorer finds no deadlock with fewer tasks.",
  history:
    "The commit is a model of its kind: it translates the report into a timeline of numbered steps, says which step waits for which, and how unlikely all this is: a CPU comes up, a memory slot is replaced, an MSR is written, and somebody switches a mitigation. Nobody had seen it happen. One lock more takes kvm_lock out of the circle; the comment added to the documentation says that others like it remain.",
};
