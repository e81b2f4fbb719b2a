/** All stories, each with what exploring it must find: examples and regression tests at once. */
import { abba } from "./abba.js";
import { sleepInAtomic } from "./atomic.js";
import { annotationStories } from "./annotations.js";
import { dining } from "./dining.js";
import { irqOnHeldLock } from "./irq.js";
import { peterson } from "./peterson.js";
import { readForAnother, readTwice } from "./readers.js";
import { type Story, bad, safe } from "./story.js";
import { interruptStories } from "./interrupts.js";
import { lockStories } from "./locks.js";
import { mapStories } from "./maps.js";
import { rcuStories } from "./rcu.js";
import { endStories } from "./ends.js";
import { mmuNotifierStories } from "./mmu-notifier.js";
import { nmiStories } from "./nmi.js";
import { woundWaitStories } from "./wound-wait.js";
import { waitStories } from "./waits.js";
import { lostWakeup } from "./wakeup.js";

const fixed = { fixed: true };

/** The stories, in the order of a course. */
export const stories: readonly Story[] = [
  bad("abba", abba(), "deadlock", [10, 2], "circular"),
  safe("abba-fixed", abba(fixed), 7),
  bad("irq", irqOnHeldLock(), "deadlock", [12, 3], "inconsistent"),
  safe("irq-fixed", irqOnHeldLock(fixed), 14),
  bad("readers", readTwice(), "deadlock", [9, 2], "recursive"),
  safe("readers-fixed", readTwice(fixed), 5),
  bad("read-non-owner", readForAnother(), "deadlock", [22, 2]),
  safe("read-non-owner-fixed", readForAnother(fixed), 16),
  bad("wakeup", lostWakeup(), "deadlock", [12, 4]),
  safe("wakeup-fixed", lostWakeup(fixed), 13),
  bad("atomic", sleepInAtomic(), "misuse", [5, 2], "wait-context"),
  safe("atomic-fixed", sleepInAtomic(fixed), 5),
  safe("peterson", peterson(), 32),
  bad("dining-5", dining(5), "deadlock", [242, 5]),
  ...waitStories,
  ...interruptStories,
  ...rcuStories,
  ...lockStories,
  ...mapStories,
  ...endStories,
  ...woundWaitStories,
  ...nmiStories,
  ...mmuNotifierStories,
  ...annotationStories,
];
