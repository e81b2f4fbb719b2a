/** fs/jbd2, 2025: one class for the journals of two kinds of file systems. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const jbd2PerJournalKey: AtlasCase = {
  name: "jbd2-per-journal-key",
  title: "two file systems, one class",
  truth: "false",
  texts,
  question:
    "The circle goes through jbd2_handle: into it on an ocfs2, out of it on an ext4. Is that one lock?",
  premises: [
    {
      name: "two-journals",
      summary: "each file system has a journal of its own",
      holds: true,
      by: "the patch: one partition is not two file systems",
    },
    {
      name: "two-dquots",
      summary: "a quota entry belongs to one file system",
      holds: true,
      by: "our reading: dq_lock is one class for both as well",
    },
  ],
  fixes: [
    {
      name: "key-per-journal",
      summary: "each journal registers a key of its own",
      fate: "merged, 524c3853831c",
    },
    {
      name: "trylock",
      summary: "starting a handle is told to lockdep as a trylock",
      fate: "merged beside it, 40a71b53d5a6, for another checker's sake",
    },
  ],
  mutants: [
    { name: "handle-inside", summary: "the quota of the ext4 is written in a transaction, too" },
  ],
  expected: [
    { lockdep: ["circular"], explorer: "safe" },
    { switched: ["two-journals"], lockdep: ["circular"], explorer: "safe" },
    { switched: ["two-dquots"], lockdep: ["circular"], explorer: "safe" },
    {
      switched: ["two-journals", "two-dquots"],
      lockdep: ["circular"],
      explorer: "deadlock",
      because: "each of the two is enough by itself",
    },
    { mutant: "handle-inside", lockdep: ["circular"], explorer: "deadlock" },
    { fix: "key-per-journal", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "key-per-journal",
      mutant: "handle-inside",
      lockdep: ["circular"],
      explorer: "deadlock",
    },
    { fix: "trylock", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "trylock",
      mutant: "handle-inside",
      lockdep: ["silent"],
      explorer: "deadlock",
      because: "HIDDEN here: a trylock teaches no order that leads to it",
    },
  ],
  sources: [
    {
      where: "syzbot, possible deadlock in dqget, extid 6e493c165d26d6fcbf72",
      says: "the chain: dq_lock, an ocfs2 handle; an ext4 handle, xattr_sem; dq_lock",
    },
    {
      where: "linux-ext4, <e42f1471-a88a-4938-8743-1d5b171c47ec@I-love.SAKURA.ne.jp>",
      says: "the first patch: a key for each kind of file system",
    },
    {
      where: "linux-ext4, <987110fc-5470-457a-a218-d286a09dd82f@I-love.SAKURA.ne.jp>",
      says: "the second: a key for each journal",
    },
    { where: "524c3853831c (fs/jbd2/journal.c, journal_init_common)", says: "as merged" },
    {
      where: "40a71b53d5a6 (fs/jbd2/transaction.c, start_this_handle)",
      says: "the annotation as a trylock: the region is to be marked, and no wait to be told",
    },
  ],
  reading:
    "A commit waits for the open handles and keeps new ones out: two places of a semaphore here, about which lockdep knows nothing. The locks between dq_lock and the handle are left out. The kernel tells lockdep of the wait once more, where it does wait (jbd2_might_wait_for_commit()); that is left out, too, so what the trylock hides here may be seen there.",
  history:
    "A handle is no lock, but a commit waits for all handles and a new handle may wait for a commit, so the journal says to lockdep that a handle is read-locked. It said so with one key for all journals. With an ocfs2 and an ext4 mounted, what one of them takes around a handle met what the other takes inside: syzbot counted 77,827 reports. The first patch gave each kind of file system its keys for eight locks; the reviewer asked for less, and a key per journal for the handle alone was enough.",
};
