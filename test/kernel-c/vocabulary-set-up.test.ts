/** What calls set up, and the kernel runs: workers, timers, tasklets, irq_works, lines, callbacks. */
import { describe, expect, it } from "vitest";
import {
  type Process,
  type Statement,
  add_timer_on,
  cancel_work_sync,
  call_rcu,
  device,
  disable_irq,
  enable_irq,
  flush_work,
  flush_workqueue,
  fn,
  hrtimer,
  hrtimer_cancel,
  hrtimer_start,
  int,
  irq_line,
  irq_work,
  irq_work_fn,
  irq_work_queue,
  irq_work_sync,
  kworkers,
  mod_timer,
  queue_work,
  raising,
  rcu_barrier,
  rcu_callback,
  rcu_head,
  request_irq,
  request_threaded_irq,
  scenario,
  set,
  signals,
  synchronize_irq,
  tasklet,
  tasklet_fn,
  tasklet_kill,
  tasklet_schedule,
  thread,
  timer,
  timer_delete_sync,
  timer_fn,
  variable,
  work_struct,
  workqueue,
} from "../../lib/machine/index.js";
import { expectSame } from "./same-transitions.js";

const x = variable("x", int(0, 3));
const work = work_struct("work", { className: "work" });
const second = work_struct("dev.second", { className: "(work_completion)(&dev.second)" });
const system = workqueue("system_wq", [work]);
const wq = workqueue("dev", [second], { max_active: 1 });
const t = timer("t", { className: "kernel.c:4" });
const hr = hrtimer("dev.hr");
const pinned = timer("p", { className: "(&p)", cpu: "local" });
const soft = hrtimer("soft", { soft: true });
const hard = hrtimer("hard", { hard: true, cpu: "local" });
const tl = tasklet("tl");
const iw = irq_work("iw");
const line = irq_line("irq 17");
const head = rcu_head("dev.rcu");

const stores = (value: number, name: string): readonly Statement[] => [
  fn(name, [set(x, value, `x = ${String(value)}`)]),
];

const handler = (name: string, value: number, takes: string): string =>
  `static void ${name}(${takes}) { x = ${String(value)}; }\n`;

interface Row {
  readonly name: string;
  readonly c: string;
  readonly body: readonly Statement[];
  readonly others: readonly Process[];
}

const rows: readonly Row[] = [
  {
    name: "a work of the system's queue",
    c: `${handler("fn", 2, "struct work_struct *w")}static DECLARE_WORK(work, fn);
static void f(void) { schedule_work(&work); flush_work(&work); cancel_work_sync(&work); }`,
    body: [queue_work(system, work), flush_work(system, work), cancel_work_sync(system, work)],
    others: kworkers(system, [{ work, fn: "fn", body: stores(2, "fn") }]),
  },
  {
    name: "a work of an ordered queue, which an init function that nothing calls sets up",
    c: `${handler("fn", 2, "struct work_struct *w")}struct dev { struct work_struct second; };
static struct dev dev;
static struct workqueue_struct *wq;
static int __init init(void) {
	INIT_WORK(&dev.second, fn);
	wq = alloc_ordered_workqueue("dev", 0);
	return wq ? 0 : -ENOMEM;
}
static void f(void) { queue_work(wq, &dev.second); flush_workqueue(wq); }`,
    body: [queue_work(wq, second), flush_workqueue(wq)],
    others: kworkers(wq, [{ work: second, fn: "fn", body: stores(2, "fn") }]),
  },
  {
    name: "a timer",
    c: `/* lab: cpus 2 */\n${handler("fn", 2, "struct timer_list *t")}static DEFINE_TIMER(t, fn);
static void f(void) { mod_timer(&t, jiffies + HZ); del_timer_sync(&t); }`,
    body: [mod_timer(t), timer_delete_sync(t)],
    others: [timer_fn(t, "fn", stores(2, "fn"))],
  },
  {
    name: "an hrtimer whose function is assigned",
    c: `/* lab: cpus 2 */
static enum hrtimer_restart fn(struct hrtimer *t) { x = 2; return HRTIMER_NORESTART; }
struct dev { struct hrtimer hr; };
static struct dev dev;
static void init(struct dev *d) { hrtimer_init(&d->hr, CLOCK_MONOTONIC, HRTIMER_MODE_REL); d->hr.function = fn; }
static void f(void) { hrtimer_start(&dev.hr, 1, HRTIMER_MODE_REL); hrtimer_cancel(&dev.hr); }`,
    body: [hrtimer_start(hr), hrtimer_cancel(hr)],
    others: [timer_fn(hr, "fn", stores(2, "fn"))],
  },
  {
    name: "a pinned timer, started on its CPU, and on another",
    c: `/* lab: cpus 2 */\n${handler("fn", 2, "struct timer_list *t")}static struct timer_list p;
static int __init init(void) { timer_setup(&p, fn, TIMER_PINNED | TIMER_DEFERRABLE); return 0; }
static void f(void) { add_timer(&p); timer_delete_sync(&p); add_timer_on(&p, 1); }`,
    body: [mod_timer(pinned), timer_delete_sync(pinned), add_timer_on(pinned, 1)],
    others: [timer_fn(pinned, "fn", stores(2, "fn"))],
  },
  {
    name: "an hrtimer that expires in a softirq",
    c: `/* lab: cpus 2 */
static enum hrtimer_restart fn(struct hrtimer *t) { x = 2; return HRTIMER_NORESTART; }
static struct hrtimer soft;
static void init(void) { hrtimer_setup(&soft, fn, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT); }
static void f(void) { hrtimer_start(&soft, 1, HRTIMER_MODE_REL_SOFT); }`,
    body: [hrtimer_start(soft)],
    others: [timer_fn(soft, "fn", stores(2, "fn"))],
  },
  {
    name: "an hrtimer of the hardirq, pinned where it is started",
    c: `/* lab: cpus 2 */
static enum hrtimer_restart fn(struct hrtimer *t) { x = 2; return HRTIMER_NORESTART; }
static struct hrtimer hard;
static void init(void) { hrtimer_setup(&hard, fn, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_HARD); }
static void f(void) { hrtimer_start(&hard, 1, HRTIMER_MODE_ABS_PINNED_HARD); }`,
    body: [hrtimer_start(hard)],
    others: [timer_fn(hard, "fn", stores(2, "fn"))],
  },
  {
    name: "a tasklet",
    c: `/* lab: cpus 2 */\n${handler("fn", 2, "struct tasklet_struct *t")}static DECLARE_TASKLET(tl, fn);
static void f(void) { tasklet_schedule(&tl); tasklet_kill(&tl); }`,
    body: [tasklet_schedule(tl), tasklet_kill(tl)],
    others: [tasklet_fn(tl, "fn", stores(2, "fn"))],
  },
  {
    name: "an irq_work",
    c: `/* lab: cpus 2 */\n${handler("fn", 2, "struct irq_work *w")}static DEFINE_IRQ_WORK(iw, fn);
static void f(void) { irq_work_queue(&iw); irq_work_sync(&iw); }`,
    body: [irq_work_queue(iw), irq_work_sync(iw)],
    others: [irq_work_fn(iw, "fn", stores(2, "fn"))],
  },
  {
    name: "a device's line",
    c: `/* lab: cpus 2 */
static irqreturn_t fn(int irq, void *dev) { x = 2; return IRQ_HANDLED; }
static int probe(void) { return request_irq(17, fn, 0, "dev", NULL); }
static void f(void) { disable_irq(17); enable_irq(17); synchronize_irq(17); }`,
    body: [disable_irq(line), enable_irq(line), synchronize_irq(line)],
    others: [request_irq(line, "fn", stores(2, "fn")), device("device of irq 17", raising(line))],
  },
  {
    name: "a line with a thread",
    c: `/* lab: cpus 2 */
static irqreturn_t hard(int irq, void *dev) { x = 1; return IRQ_WAKE_THREAD; }
static irqreturn_t fn(int irq, void *dev) { x = 2; return IRQ_HANDLED; }
static int probe(void) { return request_threaded_irq(17, hard, fn, IRQF_ONESHOT, "dev", NULL); }
static void f(void) { synchronize_irq(17); }`,
    body: [synchronize_irq(line)],
    others: [
      ...request_threaded_irq(line, "fn", stores(1, "hard"), stores(2, "fn")),
      device("device of irq 17", raising(line)),
    ],
  },
  {
    name: "a callback of RCU",
    c: `/* lab: cpus 2 */\n${handler("fn", 2, "struct rcu_head *h")}struct dev { struct rcu_head rcu; };
static struct dev dev;
static void f(void) { call_rcu(&dev.rcu, fn); rcu_barrier(); }`,
    body: [call_rcu(head), rcu_barrier(head)],
    others: rcu_callback(head, "fn", stores(2, "fn")),
  },
  {
    name: "signals",
    c: `/* lab: cpus 1 */ /* lab: signals */\nstatic void f(void) { x = 1; }`,
    body: [set(x, 1, "x = 1")],
    others: [signals()],
  },
];

describe("what a call sets up is the machine's process", () => {
  it.each(rows)("$name", ({ c, body, others }) => {
    const text = `/* lab: thread f */ /* lab: thread g */\nstatic int x; /* 0..3 */\n${c}\nstatic void g(void) { x = 0; }\n`;
    const cpus = /lab: cpus (\d)/.exec(c)?.[1];
    // DEFINE_TIMER() has its class from where it stands.
    const file = "kernel.c";
    const written = scenario(file, {
      sizes: cpus === undefined ? {} : { cpu: Number(cpus) },
      processes: [
        thread("f", [fn("f", body)]),
        thread("g", [fn("g", [set(x, 0, "x = 0")])]),
        ...others,
      ],
    });
    expectSame(text.replace("\nstatic int x", "static int x"), written, file);
  });

  it("and is told from another", () => {
    const text = "/* lab: thread f */\nstatic int x; /* 0..3 */\nstatic void f(void) { x = 1; }\n";
    const other = scenario("kernel.c", {
      sizes: {},
      processes: [thread("f", [fn("f", [set(x, 2, "x = 2")])])],
    });
    expect(() => {
      expectSame(text, other);
    }).toThrow();
  });
});
