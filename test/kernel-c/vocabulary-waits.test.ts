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
  bool,
  complete,
  complete_all,
  completion,
  cpus_read_lock,
  cpus_read_unlock,
  cpus_write_lock,
  cpus_write_unlock,
  down,
  fn,
  finish_wait,
  int,
  kfifo,
  kfifo_get,
  kfifo_put,
  kfifo_reset,
  local_lock,
  local_lock_irq,
  local_lock_irqsave,
  local_lock_t,
  local_unlock,
  local_unlock_irq,
  local_unlock_irqrestore,
  percpu_down_read,
  percpu_down_write,
  percpu_rwsem,
  percpu_up_read,
  percpu_up_write,
  prepare_to_wait,
  prepare_to_wait_exclusive,
  rcu_read_lock,
  rcu_read_unlock,
  read_seqcount_begin,
  reinit_completion,
  rt_mutex,
  rt_mutex_lock,
  rt_mutex_unlock,
  scenario,
  schedule_on,
  semaphore,
  seqcount,
  seqlock,
  set,
  srcu_read_lock,
  srcu_read_unlock,
  srcu_struct,
  synchronize_rcu,
  synchronize_srcu,
  thread,
  up,
  variable,
  wait_event,
  wait_event_exclusive,
  wait_for_completion,
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
const srcu = srcu_struct("srcu");
const sl = seqlock("sl");
const ll = local_lock_t("ll");
const word = bit_spinlock("word", { per: [4] });
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
    "kfifo_put(&fifo, 3); kfifo_get(&fifo, &x); kfifo_reset(&fifo);",
    kfifo_put(fifo, 3),
    kfifo_get(fifo, x),
    kfifo_reset(fifo),
  ),
  row("pthread_barrier_wait(&phase);", barrier_wait(phase)),
];

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
});
