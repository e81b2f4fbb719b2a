/** drivers/dma-buf, 2023: entering a section is no wait; which edges an annotation records. */
import type { AtlasCase, CaseExpectation } from "../atlas-case.js";
import { texts } from "./texts.js";

/** What each annotation says of the code as it is, and of the bugs that it is there for. */
const under = (fix: string, asItIs: "circular" | "silent"): readonly CaseExpectation[] => [
  { fix, lockdep: [asItIs], explorer: "safe" },
  { fix, switched: ["wait-under-lock"], lockdep: ["circular"], explorer: "deadlock" },
  { fix, mutant: "resv-in-section", lockdep: ["circular"], explorer: "deadlock" },
  { fix, mutant: "fences-crossed", lockdep: ["silent"], explorer: "deadlock" },
];

export const dmaFenceSignalling: AtlasCase = {
  name: "dma-fence-signalling",
  title: "a section that nobody waits to enter",
  truth: "false",
  texts,
  question:
    "Two layers open the section that ends with a signal, one around the lock and one inside it. An order and its reverse: who waits for whom?",
  premises: [
    {
      name: "wait-under-lock",
      summary: "nobody waits for a fence with the upper layer's lock held",
      holds: true,
      by: "our reading of the patch: to enter a section blocks nobody, to wait for a fence does",
    },
  ],
  fixes: [
    {
      name: "trylock",
      summary: "the section is annotated as a read lock that was tried and taken",
      fate: "merged, 2facdd6002ad",
    },
    {
      name: "annotate-above",
      summary: "the upper layer opens the section before it takes its lock",
      fate: "named in the patch as what cannot be had everywhere",
    },
    {
      name: "recursive",
      summary: "a recursive read lock, not tried",
      fate: "decided against in 2020, for what lockdep did not see of such locks then",
    },
    {
      name: "recursive-trylock",
      summary: "a recursive read lock that was tried and taken",
      fate: "asked about in 2026: it needs no test for nesting and no cookie",
    },
    {
      name: "exclusive",
      summary: "an exclusive lock, as workqueues annotate their workers",
      fate: "ours, to compare: what the first text of 2020 sets out from",
    },
  ],
  mutants: [
    {
      name: "resv-in-section",
      summary: "a driver locks a reservation before it signals",
    },
    {
      name: "fences-crossed",
      summary: "two jobs wait for each other's fences, one of them within its section",
    },
    {
      name: "forgotten",
      summary: "the annotated layer is not annotated, and somebody waits under its lock",
    },
  ],
  expected: [
    { lockdep: ["circular"], explorer: "safe" },
    { switched: ["wait-under-lock"], lockdep: ["circular"], explorer: "deadlock" },
    { mutant: "resv-in-section", lockdep: ["circular"], explorer: "deadlock" },
    {
      mutant: "fences-crossed",
      lockdep: ["silent"],
      explorer: "deadlock",
      because: "all fences are one map, and a wait within a section lets go of it first",
    },
    {
      mutant: "forgotten",
      lockdep: ["silent"],
      explorer: "deadlock",
      because:
        "an annotation helps where it stands: the section opens under the lock, or not at all",
    },
    ...under("trylock", "silent"),
    { fix: "trylock", mutant: "forgotten", lockdep: ["silent"], explorer: "deadlock" },
    ...under("annotate-above", "silent"),
    {
      fix: "annotate-above",
      mutant: "forgotten",
      lockdep: ["circular"],
      explorer: "deadlock",
      because: "the other layer is annotated above the lock now",
    },
    ...under("recursive", "silent"),
    { fix: "recursive", mutant: "forgotten", lockdep: ["silent"], explorer: "deadlock" },
    ...under("recursive-trylock", "silent"),
    { fix: "recursive-trylock", mutant: "forgotten", lockdep: ["silent"], explorer: "deadlock" },
    ...under("exclusive", "circular"),
    { fix: "exclusive", mutant: "forgotten", lockdep: ["silent"], explorer: "deadlock" },
  ],
  sources: [
    {
      where: "dri-devel, <20230428125233.228353-1-thomas.hellstrom@linux.intel.com>",
      says: "the false report, the two layers, the patch; annotating all upper layers is not achievable",
    },
    {
      where: "dri-devel, <ZrxYdIDdEJXRTFrn@phenom.ffwll.local>",
      says: "the review: tests would help that show that it catches what is wanted, and nothing false",
    },
    {
      where: "2facdd6002ad (drivers/dma-buf/dma-fence.c, dma_fence_begin_signalling)",
      says: "the merged change; __dma_fence_might_wait() releases the map around its own acquire",
    },
    {
      where: "amd-gfx, 12 June 2020, dma-fence: basic lockdep annotations",
      says: "why a read lock, and why not a recursive one; the wait is the write side",
    },
    {
      where: "dri-devel, <aYsz5JKjTrxNPW4w@google.com>",
      says: "entering never blocks, so a trylock is right; why not a recursive one?",
    },
  ],
  reading:
    "A fence is a completion here, and two of them stand for all. The section nests nowhere, so that the kernel's test for nesting is left out. The matrix is ours: that five annotations differ in one row alone, the code as it is, and that what the review asked for holds. A recursive read lock would do as well in a kernel of today, whose lockdep knows such locks since 5.10.",
  history:
    "A fence tells that the GPU is done. Who has to signal it must not wait for anything that a waiter holds, and since 2020 the code that leads to a signal is marked for lockdep, as a reader of a lock that waiters write. A driver that marks its own callback does so under a lock of the layer above, which in another place takes that lock within the section: a circle for lockdep, though to enter a section never blocks. A lock that was tried and taken records what comes after it, and no order before it; that was proposed in 2023 and merged a year and a half later, after the reviewer had called it too brain-melting to review and wished for tests.",
};
