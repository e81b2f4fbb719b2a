/** Suspects of memory management (mm/) and of file systems (fs/). */
import type { Suspect } from "./suspect.js";

/** What touches user memory, or runs because somebody did. */
const faults =
  /might_fault|copy_(?:from|to)_user|_copy_(?:from|to)_iter|get_user|put_user|fault_in|do_user_addr_fault|exc_page_fault|do_page_fault|handle_mm_fault|filldir|strncpy_from_user|lock_mm_and_find_vma/;

/** Who freezes waits for all writers: it is none of them. */
const freezing = /^freeze_super$|^thaw_super|^sb_wait_write$|^sb_freeze|_freeze_fs$/;

/** What reclaims memory, or stands for it on a stack; the annotation alone is none of it. */
const reclaims =
  /shrink|(?<!fs_)reclaim|kswapd|balance_pgdat|try_to_free|slowpath|compact|pageout|swap|evict|alloc_pages|alloc_frozen|notifier|unmap|migrate|oom_/;

/** What allocates, as far as a stack shows it beyond the annotation. */
const allocates =
  /alloc|slab|kmem|kasan|get_free|vmap|folio|page|kv|kstrdup|kmemdup|might_|slowpath|perform_reclaim|create_object|mempool/;

/** What saves a stack for KASAN, page_owner or kmemleak. */
const savesStack =
  /^_*stack_depot_save|^_*kasan_(?:record_aux_stack|save_stack|save_track)|^save_stack$/;

export const memorySuspects: readonly Suspect[] = [
  {
    classes: /^fs_reclaim$/,
    runs: /^do_shrink_slab$|^shrink_(?:slab|folio_list|page_list|inactive_list|list|node|lruvec|one|many)|^pageout$|^try_to_unmap|^evict_folios$/,
    stands: "wait",
    beside: [
      {
        by: /^_*stack_depot_save|^kasan_save_stack$/,
        mend: "What allocates {under outer}{outerIn} is debugging, which saves a stack: it has to keep to the flags of who allocates (__GFP_NOLOCKDEP, GFP_NOFS), or save without allocating (stack_depot_save_flags() without STACK_DEPOT_FLAG_CAN_ALLOC). Only if those let reclaim in: allocate there without it.",
      },
      {
        inner: /^mmu_notifier_invalidate_range_start$/,
        mend: "Allocate {under outer}{outerIn} with GFP_NOWAIT or GFP_ATOMIC, or before the lock is taken: reclaim calls the MMU notifiers, with GFP_NOFS too.",
      },
      {
        by: /^_*kasan_populate_vmalloc/,
        mend: "What allocates {under outer}{outerIn} is KASAN, for the shadow of that memory: it has to keep to the flags of who allocates (GFP_NOFS, __GFP_NOLOCKDEP). Only if those let reclaim in: allocate there without it.",
      },
      {
        notBy: allocates,
        mend: "That memory is allocated {under outer} no allocation taught: it is said on purpose{outerIn} (fs_reclaim_acquire()), for code that may allocate there. So do not {take inner} in reclaim{innerIn}: {giveUp}.",
      },
      {
        outer: /mmap_(?:lock|sem)/,
        by: /^(?:asm_)?exc_page_fault$|^do_(?:user_addr|page|anonymous)_?(?:fault|page)$|handle_mm_fault$/,
        mend: "That a page fault allocates {under outer} cannot change: one of the other edges has to go.",
      },
      { outer: /^dma_fence_map$/, mend: "Do not wait for fences in reclaim{innerIn}." },
      {
        inner: /q_usage_counter/,
        mend: "Allocate {under outer}{outerIn} with GFP_NOIO, within memalloc_noio_save(), or before the lock is taken: reclaim may send I/O to a queue and wait there until it is no longer frozen.",
      },
      {
        notWithin: reclaims,
        mend: "Allocate {under outer}{outerIn} without reclaim: GFP_NOFS or GFP_NOIO, memalloc_nofs_save() or memalloc_noio_save() round the section, or before the lock is taken. That {inner} is taken within reclaim no reclaim taught here: it is said on purpose{innerIn} (fs_reclaim_acquire()), for code that reclaim may come to.",
      },
    ],
    is: "no lock: it stands for memory reclaim. Every allocation that may start reclaim enters it for a moment (fs_reclaim_acquire() in mm/page_alloc.c), and reclaim itself runs within it",
    why: "An allocation under a lock may start reclaim, and reclaim, here or in kswapd, takes that lock or waits for its holder.",
    mend: "Allocate {under outer}{outerIn} without reclaim: GFP_NOFS or GFP_NOIO, memalloc_nofs_save() or memalloc_noio_save() round the section, or before the lock is taken. Or do not {take inner} in reclaim{innerIn}: {giveUp}.",
    notWhen:
      "the lock is also taken in reclaim that GFP_NOFS lets through, as in an MMU notifier: then only the second helps",
  },
  {
    classes: /^mmu_notifier_invalidate_range_start$/,
    // The callbacks of the end run within it as well, and have nothing to do with allocating.
    takenBy: /alloc|reclaim|invalidate_range_start|unmap|zap|kmem_cache|might_/,
    stands: "wait",
    is: "no lock: it stands for the callbacks of MMU notifiers, which reclaim and unmapping call",
    why: "Whoever allocates or unmaps may run such a callback, and the callback takes a lock.",
    beside: [
      {
        inner: /^dma_fence_map$/,
        within: /^dma_resv_lockdep$/,
        mend: "That a callback may wait for a fence is told lockdep at boot, for every driver (dma_resv_lockdep() in drivers/dma-buf/dma-resv.c): that edge stays.",
      },
      {
        outer: /^fs_reclaim$/,
        mend: "Do not {take inner} in the callback{innerIn}, which reclaim calls: it may only wait for what ends without memory.",
      },
    ],
    mend: "Do not allocate or unmap {under outer}{outerIn}, or do not {take inner} in the callback{innerIn}: the callback may only wait for what ends without memory.",
    notWhen: "GFP_NOFS is the whole answer: reclaim calls the notifiers with it too",
  },
  {
    classes: /^&?(?:mm->)?mmap_(?:lock|sem)(?:#\d+)?(?:\/\d)?$|^&mm->mmap_(?:lock|sem)/,
    calls: faults,
    takenBy: faults,
    stands: "lock",
    is: "the lock of a process's address space. Every access to user memory may fault and take it for reading; __might_fault() tells lockdep so even where no fault comes",
    why: "User memory is touched under a lock that is elsewhere taken under mmap_lock, as in a fault handler or an mmap method.",
    beside: [
      {
        outer: /^&p->lock$/,
        by: /^seq_read(?:_iter)?$/,
        mend: "seq_file copies to the user under its own {outer}, and that cannot change: do not {take inner} under mmap_lock{innerIn}, or do not read such a file with it held.",
      },
      {
        by: /^_*(?:bio_)?iov_iter_(?:get|extract)_pages|_dio_|direct_[Ii][Oo]/,
        mend: "Pages of the user are pinned {under outer}{outerIn}, as direct I/O does: do not {take inner} under mmap_lock{innerIn}, or pin the pages before {outer} is taken.",
      },
      {
        // Held by who calls the file system; a lock of its own it can release before.
        outer: /i_mutex|i_rwsem|invalidate_lock/,
        by: /^(?:filemap_read|generic_perform_write|iomap_\w+|shmem_file_\w+|copy_folio_\w+|iterate_dir)$/,
        mend: "A file is read and written, and a directory listed, {under outer}{outerIn}, and user memory may fault there: that cannot change, one of the other edges has to go.",
      },
    ],
    mend: "Do not touch user memory {under outer}{outerIn}: copy before the lock is taken or after it is dropped, or with pagefault_disable() and the _inatomic or _nofault variant, and again outside where that fails.",
    notWhen:
      "the code under mmap_lock is the one that can do without {inner}{innerIn}: then mend that one",
  },
  {
    classes: /^sb_internal(?:#\d+)?(?:\/\d)?$/,
    notTakenBy: freezing,
    stands: "lock",
    is: "the innermost level of a file system's freeze protection, which the file system itself takes for what it changes by itself, as round a transaction (sb_start_intwrite() in include/linux/fs.h); its class is that of the file system's type",
    why: "Whoever freezes the file system waits for all who hold it, so it has to be outside of what is taken with it held.",
    beside: [
      {
        outer: /^sb_(?:pagefaults|writers)/,
        mend: "That a transaction is started {under outer}{outerIn} is the order of the levels of freeze protection: that edge stays.",
      },
      {
        // The lock of the address space is taken by who maps a file, or by the fault, and not by the file system.
        outer: /mmap_(?:lock|sem)/,
        mend: "That a transaction is started {under outer}{outerIn}, in a fault or by the mmap method, the file system cannot change, unless it needs none there: one of the other edges has to go.",
      },
    ],
    mend: "Take {name}{outerIn} (sb_start_intwrite(), as a transaction does) before {outer} is taken, or release that first.",
    notWhen:
      "the two are different file systems of one type, as an image mounted from within: the class cannot tell them apart",
  },
  {
    classes: /^sb_pagefaults(?:#\d+)?(?:\/\d)?$/,
    stands: "lock",
    is: "the freeze protection of page faults, taken under mmap_lock by whoever makes a page of a file writable (sb_start_pagefault() in include/linux/fs.h)",
    why: "Its place is below mmap_lock and above what the file system takes in a fault.",
    mend: "",
    notWhen: "",
  },
  {
    classes: /^sb_writers(?:#\d+)?(?:\/\d)?$/,
    notTakenBy: freezing,
    stands: "lock",
    is: "the freeze protection of a file system, a per-CPU rwsem that every writer holds for reading (sb_start_write() in include/linux/fs.h); its class is that of the file system's type, not of the mount",
    why: "It has to be outermost: whoever freezes the file system waits for all who hold it.",
    beside: [
      {
        by: /^ovl_/,
        mend: "overlayfs takes the protection of the file system below it {under outer}{outerIn}, as it must: either the locks of the two levels are never the same, and then each level needs classes of its own, or do not {take inner} under that protection{innerIn}.",
      },
    ],
    mend: "Take {name} (mnt_want_write(), file_start_write()) before {outer}, not within it{outerIn}, or leave what needs it to a work item.",
    notWhen:
      "the two are different file systems of one type, as an image mounted from within: the class cannot tell them apart",
  },
  {
    classes: /s_umount(?:_key)?(?:#\d+)?(?:\/\d)?$/,
    stands: "lock",
    is: "the rwsem of a super block, held over mount, unmount, sync and freezing; its class is that of the file system's type",
    why: "What is taken with it held, as by mounting, syncing or unmounting, is elsewhere held when it is taken.",
    mend: "Do not take {name} under {outer}{outerIn}, as who looks up, syncs, freezes or releases a super block does: do it {apart}.",
    notWhen: "the two super blocks are never the same, as with one mounted on a file of the other",
  },
  {
    classes: /^jbd2_handle$/,
    stands: "wait",
    is: "no lock: it stands for an open handle of a journal. To start one may wait for a commit, which waits for all open handles (start_this_handle() in fs/jbd2/transaction.c)",
    why: "A lock that is taken within a handle is held when one is started, or a commit is waited for.",
    mend: "Do not start a handle {under outer}{outerIn}: start it {apart}; or do not {take inner} within a handle{innerIn}.",
    beside: [
      {
        // Whoever may wait for a commit is told lockdep as one who takes it (jbd2_might_wait_for_commit()).
        by: /^(?:jbd2_(?:log_wait_commit|complete_transaction|journal_(?:lock_updates|flush|force_commit\w*|destroy))|_*jbd2_(?:log_)?wait\w*commit\w*|jbd2_might_wait_for_commit)$/,
        mend: "Do not wait for the journal to commit {under outer}{outerIn}: wait {apart}; or do not {take inner} within a handle{innerIn}.",
      },
      {
        outer: /^fs_reclaim$|^shrinker_rwsem$/,
        mend: "Do not start a handle in reclaim{outerIn}: leave what needs one to a work item.",
      },
    ],
    notWhen: "the two journals are of different file systems that never wait for each other",
  },
  {
    classes:
      /^depot_lock$|^pool_rwlock$|^&(?:s|n|node)->list_lock$|^&(?:pcp|zone|c|barn)->lock$|^(?:\(local_lock_t \*\))?&pcs->lock$/,
    calls: savesStack,
    takenBy: savesStack,
    stands: "lock",
    is: "a lock that is taken to save a stack trace: a debugging tool (KASAN, page_owner, kmemleak) keeps it in the stack depot, for which it may allocate (lib/stackdepot.c)",
    why: "The debugging saves a stack where its locks may not be taken: under a raw spinlock, in a hard interrupt, or under a lock that is taken when it allocates.",
    mend: "What saves the stack is debugging: let it do so without allocating (kasan_record_aux_stack_noalloc(), or stack_depot_save_flags() without STACK_DEPOT_FLAG_CAN_ALLOC); without that debugging nothing of this is left.",
    mends: "all",
    notWhen: "the code that is watched allocates there itself",
  },
  {
    classes:
      /^&(?:s|n|node)->(?:list_lock|node_lock)$|^\(?&?(?:pcp|zone)->lock\)?$|^&c->lock$|^&barn->lock$|^(?:\(local_lock_t \*\))?&pcs->lock$|^kmemleak_lock$|^depot_lock$/,
    calls:
      /kmalloc|kmem_cache|kfree|slab|alloc_pages|free_pages|vmalloc|krealloc|debug_object|stack_depot|free_unref|put_cpu_partial|_pcs_|_sheaf|cache_free|free_debug_processing/,
    // Who makes or destroys a cache neither allocates nor frees memory of it, and holds more itself.
    notTakenBy: /^kmem_cache_(?:create|destroy|shrink)\w*$/,
    stands: "lock",
    is: "a lock within the allocator or its debugging (mm/slub.c, mm/page_alloc.c, mm/kmemleak.c); whoever allocates or frees may take it",
    why: "Memory is allocated or freed where the allocator's locks may not be taken: under a raw spinlock, or in a context that they are not made for.",
    mend: "Allocate or free outside of {outer}{outerIn}: prepare the memory before the lock is taken, collect what is to be freed and free it after.",
    mends: "all",
    notWhen: "GFP_ATOMIC is the answer: it does not sleep and takes the same spinlocks",
  },
  {
    classes: /^pool_lock$|^&obj_hash\[i\]\.lock$/,
    calls: /debug_object|debug_check_no_obj|fill_pool|debug_objects/,
    stands: "lock",
    is: "a lock of the debugging of objects (lib/debugobjects.c): whoever initialises, starts, stops or frees a timer, a work item or the like may take it, and allocate for it",
    why: "Such an object is used where the locks of its debugging may not be taken.",
    mend: "Without CONFIG_DEBUG_OBJECTS nobody takes {name}: either its debugging can do without the lock or the allocation there, or do what uses the object{outerIn} outside of {outer}.",
    mends: "all",
    notWhen: "",
  },
  {
    classes: /^slab_mutex$/,
    stands: "lock",
    is: "the mutex of the list of slab caches, held while a cache is made, destroyed or shrunk (mm/slab_common.c), and not to allocate from one",
    why: "What making or destroying a cache needs, as files of sysfs and CPU hotplug, is elsewhere held when a cache is made or changed.",
    mend: "",
    notWhen: "",
  },
];
