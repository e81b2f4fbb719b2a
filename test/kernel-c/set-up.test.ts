import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { lockdepOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const PROBE = `/* lab: cpus 2 */
/* lab: thread f on 0 */
struct dev { struct work_struct reset; struct mutex lock; };
static struct dev devs[3];
static void reset_fn(struct work_struct *w)
{
	struct dev *d = container_of(w, struct dev, reset);

	mutex_lock(&d->lock);
	mutex_unlock(&d->lock);
}
static int probe(int id)
{
	INIT_WORK(&devs[id].reset, reset_fn);
	return 0;
}
`;

describe("a function that nothing calls, and that sets up what its number stands for", () => {
  it("does so for each element of an array", () => {
    const text = `${PROBE}static void f(void)
{
	schedule_work(&devs[2].reset);
	mutex_lock(&devs[2].lock);
	cancel_work_sync(&devs[2].reset);
	mutex_unlock(&devs[2].lock);
}
`;
    expect(explore(kernelC(text)).verdict).toBe("deadlock");
  });

  it("does so for each CPU", () => {
    const text = `/* lab: cpus 2 */
/* lab: thread f on 1 */
static DEFINE_PER_CPU(struct tasklet_struct, poll);
static int x; /* 0..1 */
static void poll_fn(struct tasklet_struct *t) { x = 1; }
void init_cpu(int cpu) { tasklet_setup(&per_cpu(poll, cpu), poll_fn); }
static void f(void) { tasklet_schedule(this_cpu_ptr(&poll)); tasklet_kill(this_cpu_ptr(&poll)); BUG_ON(x != 1); }
`;
    expect(explore(kernelC(text)).verdict).toBe("safe");
  });
});

describe("a worker", () => {
  it("is asked for no CPU: that it is the one which queued is not followed", () => {
    const text = (asks: string): string => `/* lab: cpus 2 */
/* lab: thread f on 1 */
static DEFINE_PER_CPU(int, seen); /* 0..1 */
static void fn(struct work_struct *w) { ${asks} }
static DECLARE_WORK(work, fn);
static void f(void) { schedule_work(&work); }
`;
    for (const [asks, name] of [
      ["int cpu = smp_processor_id(); per_cpu(seen, cpu) = 1;", "smp_processor_id"],
      ["int cpu = get_cpu(); per_cpu(seen, cpu) = 1; put_cpu();", "get_cpu"],
      ["this_cpu_write(seen, 1);", "this_cpu_write"],
      ["*this_cpu_ptr(&seen) = 1;", "this_cpu_ptr"],
    ] as const) {
      expect(() => kernelC(text(asks))).toThrow(
        `${name}(): which CPU a worker is on is not followed`,
      );
    }
    expect(explore(kernelC(text("per_cpu(seen, 1) = 1;"))).verdict).toBe("safe");
  });
});

describe("a timer's flags", () => {
  it("refuse what is not modelled", () => {
    const text = `/* lab: thread f on 0 */
static void fn(struct timer_list *t) { }
static struct timer_list t;
static void init(void) { timer_setup(&t, fn, TIMER_IRQSAFE); }
static void f(void) { init(); mod_timer(&t, jiffies); }
`;
    expect(() => kernelC(text)).toThrow("TIMER_IRQSAFE, which runs with IRQs off, is not modelled");
  });

  it("of an hrtimer tell lockdep whether PREEMPT_RT leaves it in the hardirq", () => {
    const text = (mode: string): string => `/* lab: cpus 1 */
/* lab: thread f on 0 */
static DEFINE_SPINLOCK(s);
static struct hrtimer t;
static enum hrtimer_restart fn(struct hrtimer *of) { spin_lock(&s); spin_unlock(&s); return HRTIMER_NORESTART; }
static void init(void) { hrtimer_setup(&t, fn, CLOCK_MONOTONIC, ${mode}); }
static void f(void) { hrtimer_start(&t, 0, ${mode}); }
`;
    expect(lockdepOn(kernelC(text("HRTIMER_MODE_REL"))).report?.kind ?? "silent").toBe("silent");
    expect(lockdepOn(kernelC(text("HRTIMER_MODE_REL_HARD"))).report?.kind).toBe("wait-context");
  });
});

describe("a workqueue", () => {
  it("that no work is ever put on is flushed by nobody", () => {
    const text = `/* lab: thread f on 0 */
static struct workqueue_struct *wq;
static void f(void) { wq = alloc_ordered_workqueue("q", 0); flush_workqueue(wq); }
`;
    expect(() => kernelC(text)).toThrow("no work is ever put on wq");
  });
});
