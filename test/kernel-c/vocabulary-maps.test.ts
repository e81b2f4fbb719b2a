/** Calls that take a map of lockdep, or what the kernel has one for: the machine's statements, transition by transition. */
import { describe, it } from "vitest";
import {
  type Statement,
  type Variable,
  CPU,
  blk_mq_freeze_queue,
  blk_mq_unfreeze_queue,
  blk_queue_enter,
  blk_queue_exit,
  bool,
  copy_from_user,
  copy_to_user,
  might_fault,
  dma_fence,
  dma_fence_begin_signalling,
  dma_fence_end_signalling,
  dma_fence_signal,
  dma_fence_wait,
  fn,
  freeze_super,
  fs_reclaim_acquire,
  fs_reclaim_release,
  int,
  kernfs_node,
  kernfs_put_active,
  kernfs_remove,
  lockdep_map,
  lockdep_off,
  mmu_notifier_invalidate_range_end,
  mmu_notifier_invalidate_range_start,
  mmu_notifier_reclaims,
  lockdep_on,
  lockdep_pin_lock,
  lockdep_unpin_lock,
  lock_map_acquire,
  lock_map_acquire_read,
  lock_map_acquire_try,
  lock_map_release,
  lock_set_subclass,
  might_lock,
  mutex,
  mutex_lock,
  mutex_unlock,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  request_queue,
  rwsem,
  sb_end_write,
  sb_start_write,
  scenario,
  set,
  spin_acquire,
  spin_release,
  super_block,
  thaw_super,
  thread,
  variable,
  wait_override_map,
} from "../../lib/machine/index.js";
import { expectSame } from "./same-transitions.js";

const naming = (name: string) => ({ className: name, key: name });
const x = variable("x", int(0, 3));
const flags = variable("flags", bool);
const raw = raw_spinlock("raw", naming("raw"));
const m = mutex("m", naming("m"));
const map = lockdep_map("map", naming("map"));
const override = wait_override_map("override", 4);
const q = request_queue("q");
const fence = dma_fence("fence");
const kn = kernfs_node("kn");
const sb = super_block("sb");
const mmap_lock = rwsem("mmap_lock", naming("mmap_lock"));

const declared = `static int x; /* 0..3 */
static DEFINE_RAW_SPINLOCK(raw);
static DEFINE_MUTEX(m);
static struct lockdep_map map;
static DEFINE_WAIT_OVERRIDE_MAP(override, LD_WAIT_SLEEP);
static struct request_queue *q;
static struct dma_fence *fence;
static struct kernfs_node *kn;
static struct super_block *sb;
static DECLARE_RWSEM(mmap_lock);
`;

const row = (text: string, ...statements: readonly Statement[]) => [text, statements] as const;

const rows = [
  row(
    "lock_map_acquire(&map); lock_map_release(&map);",
    lock_map_acquire(map),
    lock_map_release(map),
  ),
  row(
    "lock_acquire(&map, 0, 1, 1, 1, NULL, _RET_IP_); lock_release(&map, _RET_IP_);",
    spin_acquire(map, 0, true, 1),
    spin_release(map),
  ),
  row(
    "lock_map_acquire_try(&override); lock_map_release(&override);",
    lock_map_acquire_try(override),
    lock_map_release(override),
  ),
  row(
    "lock_map_acquire_read(&map); lock_map_release(&map);",
    lock_map_acquire_read(map),
    lock_map_release(map),
  ),
  row(
    "mutex_lock(&m); lock_set_subclass(&m.dep_map, 1, _THIS_IP_); lockdep_pin_lock(&m); lockdep_unpin_lock(&m); mutex_unlock(&m);",
    mutex_lock(m),
    lock_set_subclass(m, 1),
    lockdep_pin_lock(m),
    lockdep_unpin_lock(m),
    mutex_unlock(m),
  ),
  row(
    "lockdep_off(); raw_spin_lock(&raw); raw_spin_unlock(&raw); lockdep_on(); might_lock(&m);",
    lockdep_off(),
    raw_spin_lock(raw),
    raw_spin_unlock(raw),
    lockdep_on(),
    might_lock(m),
  ),
  row(
    "fs_reclaim_acquire(GFP_KERNEL); fs_reclaim_release(GFP_KERNEL); x = 1;",
    fs_reclaim_acquire(),
    fs_reclaim_release(),
    set(x, 1, "x = 1"),
  ),
  row("blk_queue_enter(q, 0); blk_queue_exit(q);", blk_queue_enter(q), blk_queue_exit(q)),
  row(
    "blk_mq_freeze_queue(q); blk_mq_unfreeze_queue(q);",
    blk_mq_freeze_queue(q),
    blk_mq_unfreeze_queue(q),
  ),
  row(
    "bool cookie = dma_fence_begin_signalling(); dma_fence_signal(fence); dma_fence_end_signalling(cookie); dma_fence_wait(fence, false);",
    dma_fence_begin_signalling(),
    dma_fence_signal(fence),
    dma_fence_end_signalling(),
    dma_fence_wait(fence),
  ),
  row("kernfs_put_active(kn); kernfs_remove(kn);", kernfs_put_active(kn), kernfs_remove(kn)),
  row(
    "sb_start_write(sb); sb_end_write(sb); freeze_super(sb); thaw_super(sb);",
    sb_start_write(sb),
    sb_end_write(sb),
    freeze_super(sb),
    thaw_super(sb),
  ),
  row(
    "might_fault(); copy_to_user(0, 0, 1); copy_from_user(0, 0, 1);",
    might_fault(mmap_lock),
    copy_to_user(mmap_lock),
    copy_from_user(mmap_lock),
  ),
];

/** Who is told when pages go. */
const mirror = `static int gone(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{ mutex_lock(&m); mutex_unlock(&m); return 0; }
static void back(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{ mutex_lock(&m); }
static const struct mmu_notifier_ops ops = { .invalidate_range_start = gone, .invalidate_range_end = back };
static struct mmu_notifier mn = { .ops = &ops };
static int register_it(void) { return mmu_notifier_register(&mn, current->mm); }
`;

const own = (of: Variable) => ({ locals: [of] });

describe("a call is the machine's statements", () => {
  it.each(rows)("%s", (text, statements) => {
    const code = `/* lab: cpus 2 */ /* lab: thread f on 0 */ /* lab: thread g on 1 */\n${declared}static void f(void) { ${text} }\nstatic void g(void) { x = 0; }\n`;
    const written = scenario("kernel.c", {
      sizes: { [CPU.name]: 2 },
      processes: [
        { ...thread("f", 0, [fn("f", statements)]), ...own(flags) },
        thread("g", 1, [fn("g", [set(x, 0, "x = 0")])]),
      ],
    });
    expectSame(code, written);
  });

  it("of who mirrors an address space", () => {
    const text = `struct mmu_notifier_range range; mmu_notifier_invalidate_range_start(&range); mmu_notifier_invalidate_range_end(&range); mutex_unlock(&m); fs_reclaim_acquire(GFP_KERNEL); fs_reclaim_release(GFP_KERNEL); x = 1;`;
    const told = fn("gone", [mutex_lock(m), mutex_unlock(m)]);
    expectSame(
      `/* lab: thread f */\nstatic int x; /* 0..3 */\nstatic DEFINE_MUTEX(m);\n${mirror}static void f(void) { ${text} }\n`,
      scenario("kernel.c", {
        sizes: {},
        processes: [
          thread("f", [
            fn("f", [
              mmu_notifier_invalidate_range_start([told]),
              mmu_notifier_invalidate_range_end([fn("back", [mutex_lock(m)])]),
              mutex_unlock(m),
              fs_reclaim_acquire(),
              mmu_notifier_reclaims(),
              fs_reclaim_release(),
              set(x, 1, "x = 1"),
            ]),
          ]),
        ],
      }),
    );
  });
});
