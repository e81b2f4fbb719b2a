/** Mutual exclusion without a lock: a question that lockdep does not ask. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const petersonExclusion: AtlasCase = {
  name: "peterson",
  title: "exclusion without a lock",
  truth: "false",
  texts,
  question: "Lockdep sees no lock. Can both be inside at once?",
  premises: [
    {
      name: "in-order",
      summary: "each says that it is interested before it gives the other the turn",
      holds: true,
      by: "Peterson; on real machines a barrier has to see to it",
    },
  ],
  fixes: [{ name: "spinlock", summary: "a spinlock around the section", fate: "the kernel's way" }],
  mutants: [],
  expected: [
    { lockdep: ["silent"], explorer: "safe" },
    {
      switched: ["in-order"],
      lockdep: ["silent"],
      explorer: "assert",
      because: "not a question that lockdep asks",
    },
    { fix: "spinlock", lockdep: ["silent"], explorer: "safe" },
  ],
  sources: [
    {
      where: 'G. L. Peterson, "Myths about the mutual exclusion problem" (1981)',
      says: "the algorithm, and that the order of the two writes matters",
    },
  ],
  reading:
    "The machine of the lab does one access after the other, as Peterson's paper takes for granted.",
  history:
    "Three variables exclude two threads, and two lines the other way round let both in. Lockdep is silent about both, since neither has a lock: silence says nothing about them.",
};
