/** The rows about maps that are no locks: memory reclaim and local_lock. */
import type { LockdepMap } from "../../../lib/index.js";
import type { OneTask } from "../one-task.js";
import type { Cases, Test } from "./columns.js";

/** Whether an allocation may enter file systems to reclaim memory. */
type Gfp = "GFP_KERNEL" | "GFP_NOFS";

/** `fs_reclaim_acquire()` and its relatives, mm/page_alloc.c. */
class Reclaim {
  private nofs = false;
  private readonly fsReclaim: LockdepMap;
  private readonly mmuNotifier: LockdepMap;

  constructor(private readonly t: OneTask) {
    const map = (name: string): LockdepMap => t.lock(name, "mutex", { waitInner: 0 });
    this.fsReclaim = map("fs_reclaim");
    this.mmuNotifier = map("mmu_notifier_invalidate_range_start");
  }

  acquire(gfp: Gfp): void {
    if (gfp === "GFP_KERNEL" && !this.nofs) this.t.take(this.fsReclaim);
    this.t.nest(this.mmuNotifier);
  }

  release(gfp: Gfp): void {
    if (gfp === "GFP_KERNEL" && !this.nofs) this.t.drop(this.fsReclaim);
  }

  /** `might_alloc()`. */
  mightAlloc(gfp: Gfp): void {
    this.acquire(gfp);
    this.release(gfp);
  }

  /** Between `memalloc_nofs_save()` and `memalloc_nofs_restore()`. */
  withoutFs(body: () => void): void {
    this.nofs = true;
    body();
    this.nofs = false;
  }
}

/** Something within reclaim. */
const inReclaim =
  (body: (r: Reclaim) => void): Test =>
  (t) => {
    const reclaim = new Reclaim(t);
    reclaim.acquire("GFP_KERNEL");
    body(reclaim);
    reclaim.release("GFP_KERNEL");
  };

interface LocalLocks {
  readonly local: LockdepMap;
  readonly a: LockdepMap;
  readonly b: LockdepMap;
}

/**
 * A local_lock with hardirqs on, over `inside` if any; a lock that hardirqs take; and the
 * local_lock under that lock: a circle of usages only if a local_lock counts as a lock.
 */
const localLock =
  (inside: boolean, then: (t: OneTask, locks: LocalLocks) => void = () => undefined): Test =>
  (t) => {
    const local = t.lock("local_A", "spin", { lockType: "percpu" });
    const [a, b] = [t.lock("A", "spin"), t.lock("B", "spin")];
    t.nest(local, ...(inside ? [b] : []));
    t.inHardirq(() => t.nest(a));
    t.irqsOff(() => t.nest(a, local));
    then(t, { local, a, b });
  };

const unsafeUnderSafe: Test = (t) => {
  const mutex = t.lock("mutex_A", "mutex");
  const [a, b, c, d] = [
    t.lock("A", "spin"),
    t.lock("B", "spin"),
    t.lock("C", "spin"),
    t.lock("D", "spin"),
  ];
  t.take(mutex);
  t.irqsOff(() => t.nest(c));
  t.drop(mutex);
  t.inHardirq(() => t.nest(a));
  t.irqsOff(() => t.nest(a, b));
  t.irqsOff(() => t.nest(b, c));
  t.inSoftirq(() => t.nest(d));
  t.bhOff(() => t.nest(d));
  t.irqsOff(() => t.nest(c, d));
};

export const mapRows: Readonly<Record<string, Cases>> = {
  "correct nesting": {
    fs_reclaim: [
      "silent",
      inReclaim((r) => {
        r.mightAlloc("GFP_NOFS");
      }),
    ],
  },
  "wrong nesting": {
    fs_reclaim: [
      "reports",
      inReclaim((r) => {
        r.mightAlloc("GFP_KERNEL");
      }),
    ],
  },
  "protected nesting": {
    fs_reclaim: [
      "silent",
      inReclaim((r) => {
        r.withoutFs(() => {
          r.mightAlloc("GFP_KERNEL");
        });
      }),
    ],
  },
  "local_lock inversion  2": { local_lock: ["silent", localLock(false)] },
  "local_lock inversion 3A": { local_lock: ["silent", localLock(true)] },
  "local_lock inversion 3B": {
    local_lock: ["reports", localLock(true, (t, { a, b }) => t.irqsOff(() => t.nest(a, b)))],
  },
  hardirq_unsafe_softirq_safe: { spin: ["reports", unsafeUnderSafe] },
};
