/** block, 2024 and 2025: a wait modelled as a lock, and a lesson before the exam. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const blkFreeze: AtlasCase = {
  name: "blk-freeze",
  title: "a wait that lockdep was taught",
  truth: "real",
  texts,
  question:
    "The report comes at boot, on a machine that has never written anything out. Is it false, or early?",
  premises: [
    {
      name: "swap",
      summary: "memory is written out to this disk",
      holds: true,
      by: "the answer to the complaint: without the priming it would come under memory pressure",
    },
  ],
  fixes: [
    {
      name: "prime",
      summary: "tell lockdep, when the queue is made, that reclaim may enter it",
      fate: "merged, ffa1e7ada456; it changes when the report comes, and nothing else",
    },
    {
      name: "thaw-first",
      summary: "take the files of sysfs away after the queue is thawed",
      fate: "the way of the series of April 2025, of which we read the titles",
    },
  ],
  mutants: [],
  expected: [
    { lockdep: ["circular"], explorer: "deadlock" },
    {
      switched: ["swap"],
      lockdep: ["silent"],
      explorer: "safe",
      because: "as long as nothing is written out, nothing is learnt, and nothing is wrong",
    },
    { fix: "prime", lockdep: ["circular"], explorer: "deadlock" },
    {
      fix: "prime",
      switched: ["swap"],
      lockdep: ["circular"],
      explorer: "safe",
      because: "early, and false on this machine as long as it stays so",
    },
    { fix: "thaw-first", lockdep: ["silent"], explorer: "safe" },
    { fix: "thaw-first", switched: ["swap"], lockdep: ["silent"], explorer: "safe" },
  ],
  sources: [
    {
      where: "f1be1788a32e, <20241025003722.3630252-4-ming.lei@redhat.com>",
      says: "freezing and entering a queue told to lockdep as a lock, with a key per queue, since a shared class makes false positives",
    },
    {
      where: "<65a8ef7321bf905ab27c383395016fe299f6dfd9.camel@linux.intel.com>",
      says: "the first such reports after that; further down the thread, the circle of kernfs_rwsem, fs_reclaim and the frozen queue",
    },
    {
      where: "ffa1e7ada456, <20250318095548.5187-1-thomas.hellstrom@linux.intel.com>",
      says: "the priming",
    },
    {
      where: "<8369f596d02735c49d618af2f0df4a4db4ae71f2.camel@linux.intel.com>",
      says: "the answer to a user who called it false: the circle is real, and only shows early",
    },
  ],
  reading:
    "Entering a queue is held until the request ends, here until submit_bio() returns. The key per queue and the I/O that ends in an interrupt are left out.",
  history:
    "A frozen queue lets nobody in and waits until everybody is out: a lock in all but name. In 2024 lockdep was told so, and reports of things that had always hung now and then came in. Many needed memory pressure to show. Priming teaches lockdep the one order that every machine may come to, when the queue is made; then the report comes at boot. A user bisected it to the priming and called it false. It was early.",
};
