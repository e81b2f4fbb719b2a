/** KVM, 2025: more locks than lockdep counts, and from then on it is blind. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const kvmLockAllVcpus: AtlasCase = {
  name: "kvm-lock-all-vcpus",
  title: "forty-nine locks, and lockdep counts to forty-eight",
  truth: "false",
  texts,
  question:
    "All vCPUs of a VM are locked, one after the other, and all these mutexes are one class. Who keeps two tasks from doing so in different orders?",
  premises: [
    {
      name: "kvm-lock",
      summary: "whoever takes more than one vCPU's mutex holds kvm->lock",
      holds: true,
      by: "the series: kvm_lock_all_vcpus() asserts it",
    },
  ],
  fixes: [
    {
      name: "nest-lock",
      summary: "mutex_lock_nest_lock(&vcpu->mutex, &kvm->lock): one entry for all of them",
      fate: "merged, e4a454ced74c with c5b6ababd21a and fb49f07ba1d9 (killable, and a trylock)",
    },
    {
      name: "plain",
      summary: "mutex_lock() instead of the trylock",
      fate: "ours, to compare",
    },
  ],
  mutants: [
    {
      name: "kvm-lock-inside",
      summary: "an ioctl of a vCPU takes kvm->lock inside the vCPU's mutex",
    },
  ],
  expected: [
    { lockdep: ["limit"], explorer: "safe" },
    {
      switched: ["kvm-lock"],
      lockdep: ["limit", "recursive"],
      explorer: "safe",
      because: "the trylock backs out where the other one waits",
    },
    {
      mutant: "kvm-lock-inside",
      lockdep: ["limit"],
      explorer: "safe",
      because: "the same; and lockdep learns no order from a trylock",
    },
    { fix: "nest-lock", lockdep: ["silent"], explorer: "safe" },
    { fix: "nest-lock", switched: ["kvm-lock"], lockdep: ["recursive"], explorer: "deadlock" },
    { fix: "nest-lock", mutant: "kvm-lock-inside", lockdep: ["circular"], explorer: "deadlock" },
    { fix: "plain", lockdep: ["recursive"], explorer: "safe" },
    { fix: "plain", switched: ["kvm-lock"], lockdep: ["recursive"], explorer: "deadlock" },
    {
      fix: "plain",
      mutant: "kvm-lock-inside",
      lockdep: ["circular", "recursive"],
      explorer: "deadlock",
    },
  ],
  sources: [
    {
      where: "kvm, <20250512180407.659015-4-mlevitsk@redhat.com>",
      says: "kvm_lock_all_vcpus(), and that lockdep cannot cope with many locks of one class",
    },
    {
      where: "the arm64 patch of an earlier version of that series",
      says: "the report: BUG: MAX_LOCK_DEPTH too low!, depth 48, kvm->lock and 47 vcpu->mutex; lock_all_vcpus() used mutex_trylock()",
    },
  ],
  reading:
    "48 vCPUs and kvm->lock are 49 locks, one more than MAX_LOCK_DEPTH. That the trylock of arm64 also backs out of the mutant's deadlock is the explorer's finding.",
  history:
    "Some ioctls of a VM lock all its vCPUs. arm64 did so with mutex_trylock(), about which lockdep asks nothing, and it went well up to 47 vCPUs. With more, lockdep has no room for a further held lock, says so once, and switches itself off: the machine goes on, without lockdep. The series of 2025 told lockdep that kvm->lock is held around all of them, for which it keeps a count in one entry. A lock held around is what makes the order of the others irrelevant, and it is what has to be true.",
};
