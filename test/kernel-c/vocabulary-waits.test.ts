/** Calls that wait, sleep and wake: the machine's statements, transition by transition. */
import { describe, it } from "vitest";
import {
  type Statement,
  type Variable,
  CPU,
  bit_spin_lock,
  bit_spin_unlock,
  bit_spinlock,
  at,
  barrier,
  barrier_wait,
  blk_mq_freeze_queue,
  blk_mq_unfreeze_queue,
  blk_queue_enter,
  blk_queue_exit,
  bool,
  complete,
  complete_all,
  completion,
  copy_from_user,
  copy_to_user,
  cpus_read_lock,
  cpus_read_unlock,
  cpus_write_lock,
  cpus_write_unlock,
  dma_fence,
  dma_fence_begin_signalling,
  dma_fence_end_signalling,
  dma_fence_signal,
  dma_fence_wait,
  down,
  fn,
  freeze_super,
  fs_reclaim_acquire,
  fs_reclaim_release,
  finish_wait,
  int,
  kernfs_node,
  kfifo,
  kfifo_get,
  kfifo_put,
  kfifo_reset,
  kernfs_put_active,
  kernfs_remove,
  local_lock,
  local_lock_irq,
  local_lock_irqsave,
  local_lock_t,
  local_unlock,
  local_unlock_irq,
  local_unlock_irqrestore,
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
  percpu_down_read,
  percpu_down_write,
  percpu_rwsem,
  percpu_up_read,
  percpu_up_write,
  prepare_to_wait,
  prepare_to_wait_exclusive,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  rcu_read_lock,
  rcu_read_unlock,
  read_seqcount_begin,
  reinit_completion,
  request_queue,
  rt_mutex,
  rt_mutex_lock,
  rt_mutex_unlock,
  rwsem,
  sb_end_write,
  sb_start_write,
  scenario,
  schedule_on,
  semaphore,
  seqcount,
  seqlock,
  set,
  srcu_read_lock,
  srcu_read_unlock,
  spin_acquire,
  spin_release,
  srcu_struct,
  super_block,
  synchronize_rcu,
  synchronize_srcu,
  thaw_super,
  thread,
  up,
  variable,
  wait_event,
  wait_event_exclusive,
  wait_for_completion,
  wait_override_map,
  wait_queue,
  wake_up,
  wake_up_all,
  write_seqlock,
  write_sequnlock,
} from "../../lib/machine/index.js";
import { expectSame } from "./same-transitions.js";

const naming = (name: string) => ({ className: name, key: name });
const x = variable("x", int(0, 3));
const flags = variable("flags", bool);
const wq = wait_queue("wq");
const done = completion("done");
const sem = semaphore("sem", { count: 1 });
const rt = rt_mutex("rt", naming("rt"));
const psem = percpu_rwsem("psem", naming("psem"));
const raw = raw_spinlock("raw", naming("raw"));
const m = mutex("m", naming("m"));
const srcu = srcu_struct("srcu");
const sl = seqlock("sl");
const ll = local_lock_t("ll");
const word = bit_spinlock("word", { per: [4] });
const map = lockdep_map("map", naming("map"));
const override = wait_override_map("override", 4);
const q = request_queue("q");
const fence = dma_fence("fence");
const kn = kernfs_node("kn");
const sb = super_block("sb");
const mmap_lock = rwsem("mmap_lock", naming("mmap_lock"));
const fifo = kfifo("fifo", int(0, 3), 2);
const phase = barrier("phase", 2);
const cnt = seqcount("cnt", "cnt");

const declared = `static int x; /* 0..3 */
static DECLARE_WAIT_QUEUE_HEAD(wq);
static DECLARE_COMPLETION(done);
static DEFINE_SEMAPHORE(sem, 1);
static DEFINE_RT_MUTEX(rt);
static DEFINE_STATIC_PERCPU_RWSEM(psem);
static DEFINE_RAW_SPINLOCK(raw);
static DEFINE_MUTEX(m);
DEFINE_STATIC_SRCU(srcu);
static DEFINE_SEQLOCK(sl);
static DEFINE_PER_CPU(local_lock_t, ll);
static unsigned long word;
static struct lockdep_map map;
static DEFINE_WAIT_OVERRIDE_MAP(override, LD_WAIT_SLEEP);
static struct request_queue *q;
static struct dma_fence *fence;
static struct kernfs_node *kn;
static struct super_block *sb;
static DECLARE_RWSEM(mmap_lock);
static seqcount_t cnt;
static DEFINE_KFIFO(fifo, int, 2); /* 0..3 */
static pthread_barrier_t phase;
static void init(void) { pthread_barrier_init(&phase, NULL, 2); }
`;

const row = (text: string, ...statements: readonly Statement[]) => [text, statements] as const;

const rows = [
  row(
    "wait_event(wq, x == 2);",
    wait_event(wq, { op: "binary", by: "==", left: at(x), right: { op: "const", value: 2 } }),
  ),
  row(
    "wait_event_exclusive(wq, x); ",
    wait_event_exclusive(wq, {
      op: "binary",
      by: "!=",
      left: at(x),
      right: { op: "const", value: 0 },
    }),
  ),
  row("wake_up(&wq);", wake_up(wq)),
  row("wake_up_all(&wq);", wake_up_all(wq)),
  row(
    "DEFINE_WAIT(wait); prepare_to_wait(&wq, &wait, TASK_UNINTERRUPTIBLE); schedule(); finish_wait(&wq, &wait);",
    prepare_to_wait(wq),
    schedule_on(wq),
    finish_wait(wq),
  ),
  row(
    "DEFINE_WAIT(wait); prepare_to_wait_exclusive(&wq, &wait, TASK_UNINTERRUPTIBLE); finish_wait(&wq, &wait);",
    prepare_to_wait_exclusive(wq),
    finish_wait(wq),
  ),
  row(
    "complete(&done); complete_all(&done); reinit_completion(&done); wait_for_completion(&done);",
    complete(done),
    complete_all(done),
    reinit_completion(done),
    wait_for_completion(done),
  ),
  row("down(&sem); up(&sem);", down(sem), up(sem)),
  row("rt_mutex_lock(&rt); rt_mutex_unlock(&rt);", rt_mutex_lock(rt), rt_mutex_unlock(rt)),
  row(
    "percpu_down_read(&psem); percpu_up_read(&psem); percpu_down_write(&psem); percpu_up_write(&psem);",
    percpu_down_read(psem),
    percpu_up_read(psem),
    percpu_down_write(psem),
    percpu_up_write(psem),
  ),
  row(
    "cpus_read_lock(); cpus_read_unlock(); cpus_write_lock(); cpus_write_unlock();",
    cpus_read_lock(),
    cpus_read_unlock(),
    cpus_write_lock(),
    cpus_write_unlock(),
  ),
  row(
    "rcu_read_lock(); rcu_read_unlock(); synchronize_rcu();",
    rcu_read_lock(),
    rcu_read_unlock(),
    synchronize_rcu(),
  ),
  row(
    "int idx = srcu_read_lock(&srcu); srcu_read_unlock(&srcu, idx); synchronize_srcu(&srcu);",
    srcu_read_lock(srcu),
    srcu_read_unlock(srcu),
    synchronize_srcu(srcu),
  ),
  row("write_seqlock(&sl); write_sequnlock(&sl);", write_seqlock(sl), write_sequnlock(sl)),
  row("read_seqcount_begin(&cnt);", read_seqcount_begin(cnt)),
  row("local_lock(&ll); local_unlock(&ll);", local_lock(ll), local_unlock(ll)),
  row("local_lock_irq(&ll); local_unlock_irq(&ll);", local_lock_irq(ll), local_unlock_irq(ll)),
  row(
    "unsigned long flags; local_lock_irqsave(&ll, flags); local_unlock_irqrestore(&ll, flags);",
    local_lock_irqsave(ll, flags),
    local_unlock_irqrestore(ll, flags),
  ),
  row(
    "bit_spin_lock(3, &word); bit_spin_unlock(3, &word);",
    bit_spin_lock(at(word, 3)),
    bit_spin_unlock(at(word, 3)),
  ),
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
    "kfifo_put(&fifo, 3); kfifo_get(&fifo, &x); kfifo_reset(&fifo);",
    kfifo_put(fifo, 3),
    kfifo_get(fifo, x),
    kfifo_reset(fifo),
  ),
  row("pthread_barrier_wait(&phase);", barrier_wait(phase)),
  row(
    "copy_to_user(0, 0, 1); copy_from_user(0, 0, 1);",
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
