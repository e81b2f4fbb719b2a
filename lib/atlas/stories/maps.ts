/** Maps of lockdep that are no locks, each told as the wait that it stands for. */
import {
  type Scenario,
  type Statement,
  blk_mq_freeze_queue,
  blk_mq_unfreeze_queue,
  blk_queue_enter,
  blk_queue_exit,
  copy_to_user,
  dma_fence,
  dma_fence_begin_signalling,
  dma_fence_end_signalling,
  dma_fence_signal,
  dma_fence_wait,
  down_write,
  freeze_super,
  jbd2_journal_start,
  jbd2_journal_stop,
  jbd2_log_wait_commit,
  journal,
  kernfs_get_active,
  kernfs_node,
  kernfs_put_active,
  kernfs_remove,
  kjournald2,
  kmalloc,
  kmalloc_nofs,
  kswapd,
  mutex,
  mutex_lock,
  mutex_unlock,
  request_queue,
  rwsem,
  sb_end_write,
  sb_start_write,
  scenario,
  super_block,
  thaw_super,
  thread,
  up_write,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const inodes = mutex("inode->lock");
const shrink = [mutex_lock(inodes), mutex_unlock(inodes)];

/** Returns a file system that allocates under the mutex which its shrinker takes; `fixed`, with `GFP_NOFS`. */
export const allocUnderLock = (options: StoryOptions = {}): Scenario =>
  scenario(title("memory asked for under a shrinker's lock", options), {
    sizes: {},
    processes: [
      thread("write", [
        mutex_lock(inodes),
        options.fixed ? kmalloc_nofs() : kmalloc(shrink),
        mutex_unlock(inodes),
      ]),
      kswapd(shrink),
    ],
  });

const other = mutex("dev->mutex");

/** Returns two tasks that reclaim at once under locks that no shrinker takes: nobody waits for `fs_reclaim`. */
export const reclaimTwice = (): Scenario =>
  scenario("two tasks that reclaim", {
    sizes: {},
    processes: [
      thread("T0", [mutex_lock(other), kmalloc(shrink), mutex_unlock(other)]),
      thread("T1", [kmalloc(shrink)]),
    ],
  });

const sb = super_block("ext4");
const state = mutex("dev->state");
const write: readonly Statement[] = [sb_start_write(sb), sb_end_write(sb)];

/** Returns a task that writes under a mutex which is taken before the thaw; `fixed`, nothing is frozen. */
export const frozenUnderMutex = (options: StoryOptions = {}): Scenario =>
  scenario(title("a write under the mutex of the thaw", options), {
    sizes: {},
    processes: [
      thread("writer", [mutex_lock(state), ...write, mutex_unlock(state)]),
      thread("other", [
        sb_start_write(sb),
        mutex_lock(state),
        mutex_unlock(state),
        sb_end_write(sb),
      ]),
      ...(options.fixed
        ? []
        : [
            thread("suspend", [
              freeze_super(sb),
              mutex_lock(state),
              mutex_unlock(state),
              thaw_super(sb),
            ]),
          ]),
    ],
  });

const queue = request_queue("sda");
const limits = mutex("q->limits_lock");

/** Returns a task that freezes a queue under the mutex which a request takes; `fixed`, outside of it. */
export const freezeUnderMutex = (options: StoryOptions = {}): Scenario => {
  const frozen = [blk_mq_freeze_queue(queue), blk_mq_unfreeze_queue(queue)];
  return scenario(title("a queue frozen under a request's mutex", options), {
    sizes: {},
    processes: [
      thread("request", [
        blk_queue_enter(queue),
        mutex_lock(limits),
        mutex_unlock(limits),
        blk_queue_exit(queue),
      ]),
      thread(
        "sysfs",
        options.fixed
          ? [mutex_lock(limits), mutex_unlock(limits), ...frozen]
          : [mutex_lock(limits), ...frozen, mutex_unlock(limits)],
      ),
    ],
  });
};

const attribute = kernfs_node("dev/state");
const device_lock = mutex("dev->lock");

/** Returns an attribute that is removed under the mutex which its own code takes; `fixed`, after it. */
export const removeUnderMutex = (options: StoryOptions = {}): Scenario => {
  const remove = kernfs_remove(attribute);
  return scenario(title("an attribute removed under its mutex", options), {
    sizes: {},
    processes: [
      thread("reader", [
        kernfs_get_active(attribute, [
          mutex_lock(device_lock),
          mutex_unlock(device_lock),
          kernfs_put_active(attribute),
        ]),
      ]),
      thread(
        "unbind",
        options.fixed
          ? [mutex_lock(device_lock), mutex_unlock(device_lock), remove]
          : [mutex_lock(device_lock), remove, mutex_unlock(device_lock)],
      ),
    ],
  });
};

const log = journal("ext4");

/** Returns a task that waits for a commit with a handle of the transaction open; `fixed`, after it. */
export const commitInHandle = (options: StoryOptions = {}): Scenario => {
  const wait = jbd2_log_wait_commit(log);
  const stop = jbd2_journal_stop(log);
  return scenario(title("a commit waited for with a handle open", options), {
    sizes: {},
    processes: [
      thread("fsync", [jbd2_journal_start(log), ...(options.fixed ? [stop, wait] : [wait, stop])]),
      kjournald2(log),
    ],
  });
};

const mmap_lock = rwsem("mm->mmap_lock");

/** Returns a task that copies to user space under `mmap_lock`; `fixed`, after it. */
export const faultUnderMmapLock = (options: StoryOptions = {}): Scenario => {
  const copy = copy_to_user(mmap_lock);
  return scenario(title("a fault under mmap_lock", options), {
    sizes: {},
    processes: [
      thread(
        "ioctl",
        options.fixed
          ? [down_write(mmap_lock), up_write(mmap_lock), copy]
          : [down_write(mmap_lock), copy, up_write(mmap_lock)],
      ),
    ],
  });
};

const fence = dma_fence("job->fence");
const reset = mutex("adev->reset");

/** Returns a task that waits for a fence under the mutex that is taken on the way to signal it; `fixed`, after it. */
export const fenceUnderMutex = (options: StoryOptions = {}): Scenario => {
  const wait = dma_fence_wait(fence);
  return scenario(title("a fence waited for under a mutex", options), {
    sizes: {},
    processes: [
      thread(
        "submit",
        options.fixed
          ? [mutex_lock(reset), mutex_unlock(reset), wait]
          : [mutex_lock(reset), wait, mutex_unlock(reset)],
      ),
      thread("job", [
        dma_fence_begin_signalling(),
        mutex_lock(reset),
        mutex_unlock(reset),
        dma_fence_signal(fence),
        dma_fence_end_signalling(),
      ]),
    ],
  });
};

const fixed = { fixed: true };

/** The stories of maps that are no locks. */
export const mapStories: readonly Story[] = [
  bad("fs-reclaim", allocUnderLock(), "deadlock", [20, 3], "circular"),
  safe("fs-reclaim-fixed", allocUnderLock(fixed), 14),
  safe("fs-reclaim-twice", reclaimTwice(), 34),
  bad("sb-writers", frozenUnderMutex(), "deadlock", [110, 2], "circular"),
  safe("sb-writers-fixed", frozenUnderMutex(fixed), 22, "circular"),
  bad("queue-frozen", freezeUnderMutex(), "deadlock", [23, 2]),
  safe("queue-frozen-fixed", freezeUnderMutex(fixed), 26),
  bad("kernfs", removeUnderMutex(), "deadlock", [17, 2], "circular"),
  safe("kernfs-fixed", removeUnderMutex(fixed), 21),
  bad("jbd2", commitInHandle(), "deadlock", [4, 2], "recursive"),
  safe("jbd2-fixed", commitInHandle(fixed), 8),
  bad("might-fault", faultUnderMmapLock(), "deadlock", [6, 3], "recursive"),
  safe("might-fault-fixed", faultUnderMmapLock(fixed), 8),
  bad("dma-fence", fenceUnderMutex(), "deadlock", [9, 1], "circular"),
  safe("dma-fence-fixed", fenceUnderMutex(fixed), 12),
];
