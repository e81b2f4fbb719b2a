/** drivers/block/loop.c, 2025: two maintainers, two premises, both right. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const loopFrozenFsync: AtlasCase = {
  name: "loop-frozen-fsync",
  title: "false for one maintainer, real for another",
  truth: "depends",
  texts,
  question:
    "A queue is frozen while a file of the file system below is synced. One says that this cannot deadlock, since the two file systems are different ones. The other says that it can. What does each take for granted?",
  premises: [
    {
      name: "two-inodes",
      summary: "the inode above the loop device is another than the one below",
      holds: true,
      by: "Christoph Hellwig",
    },
    {
      name: "no-io",
      summary: "no allocation under the lower inode's lock writes to the loop device",
      holds: true,
      by: "what Ming Lei doubts: GFP_KERNEL may do so",
    },
    {
      name: "no-wait-for-io",
      summary: "nobody waits for such a write under that lock",
      holds: true,
      by: "our reading of Christoph Hellwig's answer: then loop deadlocks even without freezing",
    },
  ],
  fixes: [
    {
      name: "fsync-first",
      summary: "the file is synced before the queue is frozen",
      fate: "merged, 86947bdc2889",
    },
  ],
  mutants: [],
  expected: [
    { lockdep: ["circular"], explorer: "safe" },
    { switched: ["two-inodes"], lockdep: ["circular"], explorer: "deadlock" },
    {
      switched: ["no-io"],
      lockdep: ["circular"],
      explorer: "deadlock",
      because: "the frozen queue waits for the inode, its holder for the queue",
    },
    { switched: ["no-wait-for-io"], lockdep: ["circular"], explorer: "deadlock" },
    { fix: "fsync-first", lockdep: ["silent"], explorer: "safe" },
    { fix: "fsync-first", switched: ["no-io"], lockdep: ["silent"], explorer: "safe" },
    {
      fix: "fsync-first",
      switched: ["no-wait-for-io"],
      lockdep: ["silent"],
      explorer: "deadlock",
      because:
        "no freezing needed: the loop device waits for the inode, its holder for the loop device",
    },
  ],
  sources: [
    {
      where: "linux-block, <20250113022426.703537-1-ming.lei@redhat.com>",
      says: "the first patch",
    },
    {
      where: "linux-block, <Z4TaSGZDu_B2GS1c@infradead.org> and <Z4UZ947fLqHusJzv@infradead.org>",
      says: "a false positive: i_rwsem of the upper file system and of the lower one",
    },
    {
      where: "linux-block, <Z4cfVBrd9OJiYYG-@fedora>",
      says: "not false: kmalloc(GFP_KERNEL) under i_rwsem may cause I/O on the loop disk",
    },
    {
      where: "linux-block, <Z4deHFfJ2qC8VHjT@infradead.org>",
      says: "then loop can always deadlock, even without the freeze",
    },
    {
      where: "86947bdc2889 (drivers/block/loop.c), <20250318072955.3893805-1-ming.lei@redhat.com>",
      says: "as merged",
    },
  ],
  reading:
    "Entering a queue is reading and freezing it is writing, which is both what lockdep is told and what is waited for. i_rwsem is taken for writing everywhere.",
  history:
    "The report has two file systems of one type in it, one on a loop device whose file lies on the other. One maintainer: these are two inodes of one class, nothing can deadlock, annotate it. The other: whoever holds the lower inode's lock may allocate, and reclaim may write to the loop device, whose queue is frozen. The first again: then loop deadlocks without any freezing, and it is the allocation that must not write. Each of the three sentences is right about its own premise. The sync moved out of the frozen section.",
};
