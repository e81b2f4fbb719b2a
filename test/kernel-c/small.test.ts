/** Small files as somebody types them: each with its verdicts, and some with the mistake that is made there. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();
const folder = new URL("./small/", import.meta.url);

function judge(text: string, file: string): string {
  const { result, report } = bothOn(kernelC(text, { file }));
  return `${result.verdict}, ${report?.kind ?? "silent"}`;
}

/** What both say of each file; with the text in the place of another, where there is a mistake to make. */
const files: Readonly<
  Record<string, string | readonly [string, ...(readonly [string, string, string])[]]>
> = {
  abba: ["deadlock, circular"],
  "array-locks": "safe, silent",
  bits: ["safe, silent", ["flags % 4 == 4", "flags % 4 == 3", "assert, silent"]],
  completion: "safe, silent",
  "cond-lock": "safe, silent",
  deferred: "safe, silent",
  early: [
    "safe, silent",
    ["dead = true;\n\tmutex_unlock(&m);", "dead = true;", "deadlock, user-space"],
  ],
  "else-chain": "safe, warn",
  "cpu-loop": "safe, silent",
  goto: ["safe, silent", ["out_b:\n\tmutex_unlock(&b);", "out_b:", "deadlock, user-space"]],
  "irq-line": [
    "deadlock, inconsistent",
    ["\tspin_lock(&dev.lock);\n\tspin_unlock(&dev.lock);\n}", "}", "safe, inconsistent"],
  ],
  irqsave: [
    "safe, silent",
    ["spin_lock_irqsave(&l, flags);", "flags = 0; spin_lock(&l);", "deadlock, inconsistent"],
  ],
  // The second walk takes no lock.
  "list-safe": [
    "corruption, silent",
    [
      "list_for_each_entry_safe(it, tmp, &pending, node)",
      "list_for_each_entry(it, &pending, node)",
      "corruption, silent",
    ],
  ],
  // Who puts more than there is room for loses one.
  kfifo: [
    "safe, silent",
    ["i < 3", "i < 4", "assert, silent"],
    ["BUG_ON(value != last + 1)", "BUG_ON(value == last + 1)", "assert, silent"],
  ],
  "kfifo-pointers": ["safe, silent", ["requests[1].tag = 3;", "", "assert, silent"]],
  "kthread-stop": [
    "safe, silent",
    ["work || kthread_should_stop()", "work", "deadlock, silent"],
    [
      "kthread_stop(task);",
      "mutex_lock(&lock);\n\tkthread_stop(task);\n\tmutex_unlock(&lock);",
      "deadlock, silent",
    ],
  ],
  "mmu-notifier": [
    "safe, circular",
    [
      "\tfs_reclaim_acquire(GFP_KERNEL);\n\tfs_reclaim_release(GFP_KERNEL);\n\tmutex_unlock(&gpu.lock);",
      "\tmutex_unlock(&gpu.lock);\n\tfs_reclaim_acquire(GFP_KERNEL);\n\tfs_reclaim_release(GFP_KERNEL);",
      "safe, silent",
    ],
  ],
  nmi: [
    "safe, silent",
    ["if (raw_spin_trylock(&log_lock))", "raw_spin_lock(&log_lock);", "deadlock, inconsistent"],
  ],
  "thread-barrier": ["safe, silent", ["NULL, 2", "NULL, 1", "assert, silent"]],
  "work-results": [
    "safe, silent",
    ["BUG_ON(!queue_work(", "BUG_ON(queue_work(", "assert, silent"],
    ["BUG_ON(flush_work(", "BUG_ON(!flush_work(", "assert, silent"],
    ["BUG_ON(del_timer(", "BUG_ON(!del_timer(", "assert, silent"],
    ["BUG_ON(mod_timer(", "BUG_ON(!mod_timer(", "assert, silent"],
  ],
  kref: ["safe, silent", ["KREF_INIT(2)", "KREF_INIT(1)", "misuse, silent"]],
  llist: "safe, silent",
  // Which of the two comes first is chosen once, and by one thread alone.
  lockptr: "safe, circular",
  "lock-two": ["safe, silent", ["if (x > y)\n\t\tswap(x, y);", "", "deadlock, silent"]],
  module: "deadlock, circular",
  "nested-macros": [
    "safe, silent",
    ["LOCK(m); LOCK(n);", "LOCK(m); LOCK(m);", "deadlock, recursive"],
  ],
  // Between the test and the use of the pointer the other thread takes it away.
  "nested-struct": "misuse, silent",
  ops: ["safe, silent", ["d->n--;\n\tmutex_unlock(&d->lock);", "d->n--;", "deadlock, user-space"]],
  percpu: [
    "safe, silent",
    [
      "raw_spin_lock_bh(&s->lock);",
      "raw_spin_lock(&s->lock); local_bh_disable();",
      "deadlock, inconsistent",
    ],
  ],
  "peterson-flags": ["safe, silent", ["WRITE_ONCE(turn, other);", "", "assert, silent"]],
  publish: [
    "safe, silent",
    [
      "data = 42; smp_store_release(&a_ready, 1);",
      "smp_store_release(&a_ready, 1); data = 42;",
      "assert, silent",
    ],
  ],
  range: "misuse, silent",
  rcu: ["safe, silent", ["synchronize_rcu();", "", "assert, silent"]],
  refcount: ["safe, silent", ["REFCOUNT_INIT(2)", "REFCOUNT_INIT(1)", "misuse, silent"]],
  "ring-buffer": ["safe, silent", ["wake_up(&not_full);", "", "deadlock, silent"]],
  "rwlock-irq": [
    "safe, silent",
    [
      "\tread_lock(&lock);\n\tread_unlock(&lock);\n\treturn",
      "\twrite_lock(&lock);\n\twrite_unlock(&lock);\n\treturn",
      "deadlock, inconsistent",
    ],
  ],
  semaphore: ["safe, silent", ["sema_init(&sem, 1)", "sema_init(&sem, 0)", "deadlock, silent"]],
  seq: ["safe, silent", ["while (read_seqretry(&sl, seq))", "while (false)", "assert, silent"]],
  sizeof: "safe, silent",
  "smp-call": [
    "safe, silent",
    [
      "\tsmp_call_function_single(1, drain_local, NULL, 1);",
      "\tlocal_irq_disable();\n\tsmp_call_function_single(1, drain_local, NULL, 1);",
      "assert, silent",
    ],
    [
      "unsigned long flags;\n\n",
      "unsigned long flags;\n\n\traw_spin_lock(&pool_lock);\n\tsmp_call_function_single(1, drain_local, NULL, 1);\n\traw_spin_unlock(&pool_lock);\n",
      "deadlock, inconsistent",
    ],
  ],
  splice: [
    "safe, silent",
    ["\tspin_lock(&lock);\n\tlist_splice", "\tlist_splice", "corruption, bad-unlock"],
  ],
  swait: [
    "safe, silent",
    ["while (read_seqcount_retry(this_cpu_ptr(&seq), start))", "while (false)", "assert, silent"],
  ],
  switch: [
    "safe, silent",
    ["state = ST_INIT;\n\t\tbreak;", "state = 7;\n\t\tbreak;", "misuse, silent"],
  ],
  ternary: "safe, silent",
  "timer-sync": ["deadlock, circular", ["del_timer_sync(&foo", "del_timer(&foo", "safe, silent"]],
  trylock: [
    "safe, silent",
    ["if (!spin_trylock(&a)) {", "spin_lock(&a);\n\tif (false) {", "deadlock, circular"],
  ],
  "try-guards": [
    "safe, silent",
    ["scoped_guard(raw_spinlock_try, &b)", "scoped_guard(raw_spinlock, &b)", "safe, silent"],
  ],
  typedef: "safe, silent",
  "wait-queue": "safe, silent",
  "wake-q": ["safe, silent", ["\twake_up_q(&wake_q);\n", "", "deadlock, silent"]],
  "work-flush": [
    "deadlock, circular",
    [
      "mutex_lock(&drv.lock);\n\tflush_work(&drv.work);",
      "flush_work(&drv.work);\n\tmutex_lock(&drv.lock);",
      "safe, silent",
    ],
  ],
  "ww-mutex-pool": [
    "safe, silent",
    ["ww_mutex_unlock(&o->lock);", "", "deadlock, nested-not-taken"],
  ],
  "ww-mutex": ["safe, silent", ["if (ret == -EDEADLK) {", "if (false) {", "misuse, bad-unlock"]],
};

describe("a small file", () => {
  it("has its verdicts here", () => {
    const there = readdirSync(folder).map((file) => file.replace(/\.c$/, ""));
    expect(Object.keys(files).sort()).toEqual(there.sort());
  });

  for (const [name, said] of Object.entries(files)) {
    const [verdicts, ...mistakes] = typeof said === "string" ? [said] : said;
    const text = readFileSync(new URL(`${name}.c`, folder), "utf8");
    it(`${name} is ${verdicts}`, () => {
      expect(judge(text, `${name}.c`)).toBe(verdicts);
    });
    for (const [from, to, wrong] of mistakes) {
      it(`${name} with ${JSON.stringify(to)} is ${wrong}`, () => {
        expect(text).toContain(from);
        expect(judge(text.replace(from, to), `${name}.c`)).toBe(wrong);
      });
    }
  }
});
