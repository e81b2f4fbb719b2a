/**
 * Maps of lockdep that are no locks, with the waits behind them: fs_reclaim, dma_fence, mmap_lock by page faults,
 * `q_usage_counter`, jbd2, kernfs, freezing of super blocks.
 */
import {
  type DmaFence,
  type Journal,
  type KernfsNode,
  type RequestQueue,
  type RwLock,
  type Statement,
  type SuperBlock,
  blk_mq_freeze_queue,
  blk_mq_unfreeze_queue,
  blk_queue_enter,
  blk_queue_exit,
  bool,
  copy_from_user,
  copy_to_user,
  dma_fence,
  dma_fence_begin_signalling,
  dma_fence_end_signalling,
  dma_fence_signal,
  dma_fence_wait,
  freeze_super,
  fs_reclaim_acquire,
  fs_reclaim_release,
  jbd2_journal_start,
  jbd2_journal_stop,
  jbd2_log_wait_commit,
  journal,
  kernfs_get_active,
  kernfs_node,
  kernfs_put_active,
  kernfs_remove,
  kjournald2,
  might_fault,
  might_sleep,
  mmu_notifier_reclaims,
  request_queue,
  sb_end_intwrite,
  sb_end_pagefault,
  sb_end_write,
  sb_start_intwrite,
  sb_start_pagefault,
  sb_start_write,
  set,
  super_block,
  thaw_super,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
} from "../row/index.js";
import { hasMmuNotifiers } from "./mmu-notifier.js";
import { rwsemType } from "../locks/reader-writer.js";

const single = <T>(name: string, declare: (name: string) => T): ObjectType<T> => ({
  names: [name],
  definers: [],
  initializers: [],
  single: true,
  handle: true,
  declare: (of) => declare(of),
});

const fenceType = single<DmaFence>("struct dma_fence", dma_fence);
const queueType = single<RequestQueue>("struct request_queue", request_queue);
const journalType = single<Journal>("journal_t", journal);
const nodeType = single<KernfsNode>("struct kernfs_node", kernfs_node);
const superType = single<SuperBlock>("struct super_block", super_block);

/** What `jbd2_journal_start()` returns: of the one journal that there is. */
const handleType = single<null>("handle_t", () => null);

const on = <T>(type: ObjectType<T>, run: (of: T) => Statement, takes = "x"): CallRow =>
  does(takes, (call) => [run(call.object(0, type).object)]);

const zero =
  (run: (call: Call) => Statement): CallRow["run"] =>
  (call) => {
    call.emit(run(call));
    return { op: "const", value: 0 };
  };

/** `mm->mmap_lock`: the rwsem of this file that is called so. */
const mmapLock = (call: Call): RwLock =>
  call.world.declared(/(?:^|\.)mmap_lock$/, rwsemType) ??
  call.refuse(
    "a page fault takes the mmap_lock: declare it, as in static DECLARE_RWSEM(mmap_lock)",
  );

/** Copies nothing, but may fault. */
const copies = (run: typeof copy_to_user): CallRow => ({
  takes: "to, from, n",
  run: zero((call) => run(mmapLock(call))),
});

/** Bits of `gfp_t`: what an allocation may do to find memory. */
const gfp = { RECLAIM: 1, IO: 2, FS: 4 };

/** Whether an allocation may call into file systems, or reclaim at all: `__need_reclaim()` of mm/page_alloc.c. */
function may(call: Call, bit: number): boolean {
  const given = call.constant(0);
  return (given & gfp.RECLAIM) !== 0 && (given & bit) !== 0;
}

function onlyJournal(call: Call): Journal {
  const [one, other] = call.world.instances(journalType);
  if (one === undefined) return call.refuse("there is no journal_t in this file");
  if (other !== undefined)
    return call.refuse("which of several journals the handle is of is not known");
  return one.object;
}

export const mapsFamily: Family = {
  name: "maps",
  types: [fenceType, queueType, journalType, nodeType, superType, handleType],
  calls: {
    // With CONFIG_MMU_NOTIFIER an allocation that may reclaim says so of their map, too.
    fs_reclaim_acquire: does("gfp", (call) => [
      ...(may(call, gfp.FS) ? [fs_reclaim_acquire()] : []),
      ...(may(call, gfp.RECLAIM) && hasMmuNotifiers(call.world) ? [mmu_notifier_reclaims()] : []),
    ]),
    fs_reclaim_release: does("gfp", (call) => (may(call, gfp.FS) ? [fs_reclaim_release()] : [])),
    // It may reclaim, and sleeps where it does.
    might_alloc: does("gfp", (call) => [
      ...(may(call, gfp.FS) ? [fs_reclaim_acquire(), fs_reclaim_release()] : []),
      ...(may(call, gfp.RECLAIM) ? [might_sleep()] : []),
    ]),
    dma_fence_begin_signalling: {
      takes: "",
      run: zero(() => dma_fence_begin_signalling()),
    },
    dma_fence_end_signalling: does("cookie", () => [dma_fence_end_signalling()]),
    dma_fence_signal: on(fenceType, dma_fence_signal),
    dma_fence_wait: {
      takes: "fence, interruptible",
      run: zero((call) => dma_fence_wait(call.object(0, fenceType).object)),
    },
    might_fault: does("", (call) => [might_fault(mmapLock(call))]),
    copy_to_user: copies(copy_to_user),
    copy_from_user: copies(copy_from_user),
    blk_queue_enter: {
      takes: "q, flags",
      run: zero((call) => blk_queue_enter(call.object(0, queueType).object)),
    },
    blk_queue_exit: on(queueType, blk_queue_exit),
    blk_mq_freeze_queue: {
      takes: "q",
      run: zero((call) => blk_mq_freeze_queue(call.object(0, queueType).object)),
    },
    blk_mq_unfreeze_queue: on(queueType, blk_mq_unfreeze_queue, "q, [memflags]"),
    jbd2_journal_start: does("journal, nblocks", (call) => [
      jbd2_journal_start(call.object(0, journalType).object),
    ]),
    jbd2_journal_stop: {
      takes: "handle",
      run: zero((call) => jbd2_journal_stop(onlyJournal(call))),
    },
    jbd2_log_wait_commit: {
      takes: "journal, tid",
      run: zero((call) => jbd2_log_wait_commit(call.object(0, journalType).object)),
    },
    kernfs_get_active: gives("kn", (call) => {
      const { object } = call.object(0, nodeType);
      const active = call.temporary(bool);
      call.emit(kernfs_get_active(object, [set(active, true)], [set(active, false)]));
      return active;
    }),
    kernfs_put_active: on(nodeType, kernfs_put_active),
    kernfs_remove: on(nodeType, kernfs_remove),
    sb_start_write: on(superType, sb_start_write),
    sb_end_write: on(superType, sb_end_write),
    sb_start_pagefault: on(superType, sb_start_pagefault),
    sb_end_pagefault: on(superType, sb_end_pagefault),
    sb_start_intwrite: on(superType, sb_start_intwrite),
    sb_end_intwrite: on(superType, sb_end_intwrite),
    freeze_super: on(superType, freeze_super, "sb, [who]"),
    thaw_super: on(superType, thaw_super, "sb, [who]"),
  },
  constants: {
    __GFP_FS: gfp.FS,
    __GFP_IO: gfp.IO,
    __GFP_DIRECT_RECLAIM: gfp.RECLAIM,
    GFP_KERNEL: gfp.RECLAIM | gfp.IO | gfp.FS,
    GFP_NOFS: gfp.RECLAIM | gfp.IO,
    GFP_NOIO: gfp.RECLAIM,
    GFP_ATOMIC: 0,
    GFP_NOWAIT: 0,
    BLK_MQ_REQ_NOWAIT: 1,
    FREEZE_HOLDER_KERNEL: 1,
    FREEZE_HOLDER_USERSPACE: 2,
  },
  instead: {
    kmalloc:
      "objects are declared here, static struct foo foo; where reclaim matters, call fs_reclaim_acquire() and fs_reclaim_release()",
    kzalloc: "objects are declared here: static struct foo foo",
    ...Object.fromEntries(
      [
        "vmalloc",
        "vzalloc",
        "kvmalloc",
        "kvzalloc",
        "kcalloc",
        "kmem_cache_alloc",
        "alloc_pages",
        "alloc_page",
      ].map((name) => [name, "objects are declared here: static struct foo foo"]),
    ),
    ...Object.fromEntries(
      ["kfree", "vfree", "kvfree", "kmem_cache_free", "__free_pages", "__free_page"].map((name) => [
        name,
        "objects are declared here, and stay; a bool that says that one is gone, and BUG_ON() where it is used, find a use after free",
      ]),
    ),
    ...Object.fromEntries(
      ["save", "restore"].flatMap((end) =>
        ["nofs", "noio"].map((kind) => [
          `memalloc_${kind}_${end}`,
          `whether a task may reclaim is no state here: give GFP_${kind.toUpperCase()} to fs_reclaim_acquire() in what it calls`,
        ]),
      ),
    ),
    alloc_percpu: "DEFINE_PER_CPU(type, name) declares it",
    free_percpu: "what is declared stays",
    mnt_want_write: "sb_start_write() of its super block",
    mnt_drop_write: "sb_end_write() of its super block",
    file_start_write: "sb_start_write() of its super block",
    file_end_write: "sb_end_write() of its super block",
    get_user: "copy_from_user() faults in the same way",
    put_user: "copy_to_user() faults in the same way",
  },
  processes: (world) => world.instances(journalType).map(({ object }) => kjournald2(object)),
};
