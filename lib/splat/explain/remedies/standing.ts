/** Edges that the kernel's own order of locks makes: no mend can cut them. */
import type { SplatEdge } from "../../evidence/edges/edge.js";
import { sureNames } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";

interface StandingEdge {
  readonly from: RegExp;
  readonly to: RegExp;
  /** A function on the stack on which it was learnt. */
  readonly by?: RegExp;
  /** Why it stays, as a clause. */
  readonly says: string;
}

const table: readonly StandingEdge[] = [
  {
    from: /mmap_(?:lock|sem)/,
    to: /^sb_pagefaults/,
    says: "whoever makes a page of a file writable takes the freeze protection of page faults in the fault, under mmap_lock",
  },
  {
    from: /ww_(?:class_)?acquire$/,
    to: /ww_(?:class_)?mutex$/,
    says: "within an acquire context the wait/wound mutexes are taken for which it was made",
  },
  {
    from: /invalidate_lock/,
    to: /q_usage_counter/,
    by: /^read_pages$|readahead|^(?:filemap|do_page_cache|page_cache)_\w+|^do_mpage_readpage$/,
    says: "a file is read ahead, and so I/O sent, under its invalidate_lock",
  },
  {
    from: /^sb_writers/,
    to: /i_mutex|i_rwsem/,
    says: "the freeze protection of a file system is taken before the lock of an inode",
  },
  {
    from: /i_mutex|i_rwsem|mmap_(?:lock|sem)/,
    to: /invalidate_lock/,
    says: "the invalidate_lock of a file is taken within the lock of its inode and within mmap_lock (mm/filemap.c)",
  },
  {
    from: /^sb_pagefaults/,
    to: /^(?!fs_reclaim$|sb_)/,
    says: "the freeze protection of page faults is taken before the locks that the fault needs",
  },
  {
    from: /^sb_internal/,
    to: /^(?!fs_reclaim$|sb_internal)/,
    says: "the freeze protection of a transaction is taken before the locks that the transaction needs",
  },
  {
    from: /mmap_(?:lock|sem)/,
    to: /^sb_internal/,
    says: "a transaction is started in a fault or by the mmap method, which are called under mmap_lock",
  },
  {
    from: /mmap_(?:lock|sem)/,
    to: /^fs_reclaim$/,
    by: /^(?:asm_)?exc_page_fault$|^do_(?:user_addr|page|anonymous)_?(?:fault|page)$|handle_mm_fault$/,
    says: "a page fault allocates under mmap_lock",
  },
  {
    from: /i_mutex|i_rwsem|invalidate_lock/,
    to: /mmap_(?:lock|sem)/,
    by: /^(?:filemap_read|generic_perform_write|iomap_\w+|shmem_file_\w+|copy_folio_\w+|iterate_dir)$/,
    says: "a file is read and written, and a directory listed, under the lock of its inode, and user memory may fault there",
  },
  {
    from: /^&of->mutex$/,
    to: /^kn->(?:active|count)/,
    by: /^kernfs_fop_\w+|^kernfs_seq_\w+/,
    says: "kernfs enters the method of a file with the mutex of who has opened it",
  },
];

/** Returns why an edge stays whatever is done, or null where that is not known. */
export function standingOf({ from, to, frames, gap }: SplatEdge): string | null {
  if (gap !== null) return null;
  const names = sureNames(frames).map(plainName);
  const found = table.find(
    (each) =>
      each.from.test(from) &&
      each.to.test(to) &&
      (each.by === undefined || names.some((name) => each.by?.test(name) === true)),
  );
  return found?.says ?? null;
}
