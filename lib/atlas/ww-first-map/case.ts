/** kernel/locking, 2024: what a map costs that is held so that another may go. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const wwFirstMap: AtlasCase = {
  name: "ww-first-map",
  title: "a mutex that lockdep holds and nobody has",
  truth: "false",
  texts,
  question:
    "A transaction is opened, and a lock is taken before the first reservation. Elsewhere a reservation is taken under that lock. Which reservation does the transaction hold?",
  premises: [
    {
      name: "nothing-held",
      summary: "the VM's lock is taken before the first reservation, and not under one",
      holds: true,
      by: "our reading: the side effect that the commit names, one step further",
    },
  ],
  fixes: [
    {
      name: "before-6.13",
      summary: "a kernel without the map: only reservations that are taken are held",
      fate: "what it was until 823a566221a5, and what stable kernels were asked to stay with",
    },
    {
      name: "look-up-first",
      summary: "the transaction is opened behind the VM's lock",
      fate: "ours: what the code of others has to do since",
    },
  ],
  mutants: [
    {
      name: "freed-first",
      summary: "no bug: the first reservation is dropped and freed, the second still held",
    },
    {
      name: "one-outside",
      summary:
        "a second reservation is taken without the context, and elsewhere in the other order",
    },
  ],
  expected: [
    { lockdep: ["circular"], explorer: "safe" },
    { switched: ["nothing-held"], lockdep: ["circular"], explorer: "deadlock" },
    { mutant: "freed-first", lockdep: ["circular"], explorer: "safe" },
    { mutant: "one-outside", lockdep: ["recursive"], explorer: "deadlock" },
    {
      fix: "before-6.13",
      lockdep: ["silent"],
      explorer: "safe",
      because: "the transaction holds no reservation yet",
    },
    {
      fix: "before-6.13",
      switched: ["nothing-held"],
      lockdep: ["circular"],
      explorer: "deadlock",
    },
    {
      fix: "before-6.13",
      mutant: "freed-first",
      lockdep: ["held-freed"],
      explorer: "safe",
      because: "what the map is for: lockdep counts reservations and remembers the first alone",
    },
    { fix: "before-6.13", mutant: "one-outside", lockdep: ["recursive"], explorer: "deadlock" },
    { fix: "look-up-first", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "look-up-first",
      switched: ["nothing-held"],
      lockdep: ["circular"],
      explorer: "deadlock",
    },
    { fix: "look-up-first", mutant: "freed-first", lockdep: ["silent"], explorer: "safe" },
    { fix: "look-up-first", mutant: "one-outside", lockdep: ["recursive"], explorer: "deadlock" },
  ],
  sources: [
    {
      where: "823a566221a5 (include/linux/ww_mutex.h, ww_acquire_init, ww_acquire_fini)",
      says: "the map, the warning that it is there against, and its side effect on mutexes without a context",
    },
    {
      where: "linux-kernel, <Zw6touohNwfqs3T0@boqun-archlinux>",
      says: "two self-tests that it broke: a mutex taken between, and the wait type of a class that the map registers",
    },
    {
      where: "0302d2fd6efb (include/linux/ww_mutex.h, lib/locking-selftest.c)",
      says: "in 6.13-rc3: LD_WAIT_SLEEP, and the self-test the other way round",
    },
    {
      where: "stable, <087e0b9f45888b75c6ac2455c022349e28a72e07.camel@linux.intel.com>",
      says: "it introduces regressions and should not go to stable kernels",
    },
  ],
  reading:
    "Two reservations and one lock beside them. The self-tests show the side effect on mutexes of the class; that it reaches any lock that is taken in between, and the false circle that comes of it, is ours. 59f812dd6d95, by which the commit is also known, is its first version, in a tree that was rewritten two days later.",
  history:
    "A transaction takes mutexes of one class in any order, and lockdep keeps one entry for all: a count, and a pointer to the first. Whoever dropped and freed that one before the others was told that it had freed a held lock, with lockdep looking at freed memory. So since 6.13 each transaction begins with a map of the class that stays until its end. Nobody holds it; lockdep takes it for a mutex all the same. It was merged twice, mended in the third release candidate, and kept from older kernels by its author.",
};
