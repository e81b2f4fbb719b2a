/** A sleeper that looks before it says that it will sleep. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const lostWakeup: AtlasCase = {
  name: "lost-wakeup",
  title: "nobody wakes it",
  truth: "real",
  texts,
  question: "There is no lock in it. What would lockdep say?",
  premises: [],
  fixes: [
    {
      name: "state-first",
      summary: "the state is set before the condition is looked at, as wait_event() does",
      fate: "the textbook",
    },
  ],
  mutants: [],
  expected: [
    { lockdep: ["silent"], explorer: "deadlock", because: "not a question that lockdep asks" },
    { fix: "state-first", lockdep: ["silent"], explorer: "safe" },
  ],
  sources: [
    {
      where: "include/linux/sched.h, set_current_state()",
      says: "the comment with the order of the two",
    },
  ],
  reading: "One sleeper and one waker.",
  history:
    "The wakeup that comes between the look and the sleep wakes nobody. No lock is involved, so lockdep is silent, as it should be: silence is an answer to one question only.",
};
