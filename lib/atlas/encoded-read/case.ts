/** btrfs and io_uring, 2024: the lock is handed to another task. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const encodedRead: AtlasCase = {
  name: "encoded-read",
  title: "a lock goes home with another task",
  truth: "false",
  texts,
  question:
    "A task returns to user space with a lock held, and somebody else drops it. Is that a bug?",
  premises: [
    {
      name: "worker-runs",
      summary: "the worker always comes to drop the lock",
      holds: true,
      by: "the patch: it will get unlocked in a worker thread",
    },
  ],
  fixes: [
    {
      name: "hand-over",
      summary:
        "say to lockdep that the task drops it on return, and that the worker takes it when it begins",
      fate: "merged for 6.13 (btrfs_lockdep_inode_acquire and _release)",
    },
    {
      name: "hand-over-late",
      summary: "the same, and the worker says so only just before it drops it",
      fate: "ours, to compare",
    },
  ],
  mutants: [
    {
      name: "write-under-uring-lock",
      summary: "a write holds uring_lock while it waits for the inode's lock",
    },
  ],
  expected: [
    { lockdep: ["bad-unlock"], explorer: "safe" },
    {
      switched: ["worker-runs"],
      lockdep: ["silent"],
      explorer: "deadlock",
      because: "whoever writes waits forever",
    },
    { mutant: "write-under-uring-lock", lockdep: ["bad-unlock", "silent"], explorer: "deadlock" },
    { fix: "hand-over", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "hand-over",
      mutant: "write-under-uring-lock",
      lockdep: ["circular"],
      explorer: "deadlock",
      because: "what waits forever has told lockdep before what it wants",
    },
    { fix: "hand-over-late", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "hand-over-late",
      mutant: "write-under-uring-lock",
      lockdep: ["silent"],
      explorer: "deadlock",
      because: "HIDDEN: what the worker takes meanwhile is taken under nothing",
    },
  ],
  sources: [
    {
      where: "linux-btrfs, <20241112160055.1829361-1-maharmstone@fb.com>",
      says: "the patch: lockdep does not like the return to user space with the lock held",
    },
    {
      where: "linux-btrfs, <20241115154925.1175086-1-maharmstone@fb.com>",
      says: "with wrappers, as taken",
    },
  ],
  reading:
    "The kernel complains first of the lock that is held on return to user space; a thread that ends is no such return here, so that the complaint is the other one, at the unlock. The worker's own lock is ours.",
  history:
    "An encoded read through io_uring starts I/O and returns to user space before it has ended; a worker finishes it. The inode must stay locked in between. An rwsem may be dropped by another task than took it, but lockdep keeps a list of what each task holds: one task never drops its lock, another drops what it never took. Two annotations move the lock from one list to the other. Where the second of them stands decides what lockdep still sees.",
};
