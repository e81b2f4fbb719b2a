/** A reader that reads again, and a writer in between. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const readerTwice: AtlasCase = {
  name: "reader-twice",
  title: "a reader waits for itself",
  truth: "real",
  texts,
  question: "A task that reads may read again, may it not?",
  premises: [
    {
      name: "writer",
      summary: "somebody writes",
      holds: true,
      by: "our reading: without a writer every reader passes",
    },
  ],
  fixes: [
    {
      name: "read-once",
      summary: "the inner function is called without the lock",
      fate: "the textbook",
    },
  ],
  mutants: [],
  expected: [
    { lockdep: ["recursive"], explorer: "deadlock" },
    { switched: ["writer"], lockdep: ["recursive"], explorer: "safe" },
    { fix: "read-once", lockdep: ["silent"], explorer: "safe" },
  ],
  sources: [
    {
      where: "kernel/locking/qrwlock.c, queued_read_lock_slowpath()",
      says: "a reader queues behind a waiting writer, unless it runs in an interrupt",
    },
  ],
  reading: "Two tasks; tasklist_lock is taken recursively nowhere that we know of.",
  history:
    "Fair locks let nobody pass who waits. A reader that reads again while a writer waits stands behind that writer, who waits for the reader. fcntl-sigio is this story with an interrupt and a third CPU.",
};
