/** The vocabulary has what the machine has: a primitive without a call is a gap, unless it says why there is none. */
import { describe, expect, it } from "vitest";
import { families, vocabularyOf } from "../../lib/kernel-c/vocabulary/index.js";
import { placeCalls, valueCalls } from "../../lib/kernel-c/translate/call/named-calls.js";
import * as machine from "../../lib/machine/public.js";

const vocabulary = vocabularyOf();
const calls: ReadonlySet<string> = new Set([
  ...vocabulary.calls.keys(),
  ...vocabulary.loops.keys(),
  ...vocabulary.initializers,
  ...vocabulary.instead.keys(),
  ...valueCalls.keys(),
  ...placeCalls.keys(),
]);

/** What is no call of the kernel: the words of statements, and what C has in another form. */
const inAnotherForm: Readonly<Record<string, readonly string[]>> = {
  "expressions and statements of C itself": [
    "add",
    "and",
    "assert",
    "assign",
    "at",
    "atomic",
    "check",
    "choose",
    "cond",
    "count",
    "current",
    "each",
    "either",
    "eq",
    "every",
    "expr",
    "fn",
    "forever",
    "goto_",
    "if_",
    "inside",
    "label",
    "le",
    "loop_until",
    "lt",
    "ne",
    "not",
    "or",
    "section",
    "set",
    "some",
    "step",
    "sub",
    "when",
    "while_",
    "stay",
  ],
  "operators of C": [
    ...["anyOf", "bit_and", "bit_or", "bit_xor", "div", "isArithmetic", "mod", "mul"],
    ...["shift_left", "shift_right"],
  ],
  "in TypeScript alone": [...["fifo_receive", "fifo_send", "nothingAbove"]],
  "as POSIX calls it: pthread_barrier_wait()": ["barrier_wait"],
  "in kthread_stop(), which names a thread by its task": ["ended", "join", "processOf"],
  "in fs_reclaim_acquire()": ["mmu_notifier_reclaims"],
  "declarations of C": [
    "bool",
    "countOfProcesses",
    "id",
    "idOrNone",
    "idSet",
    "int",
    "list",
    "variable",
    "bit_spinlock",
    "completion",
    "dma_fence",
    "hrtimer",
    "irq_line",
    "irq_work",
    "journal",
    "kernfs_node",
    "kfifo",
    "kthread",
    "kthread_worker",
    "local_lock_t",
    "lockdep_map",
    "mutex",
    "percpu_rwsem",
    "raw_spinlock",
    "rcu_head",
    "request_queue",
    "rt_mutex",
    "rwlock",
    "rwsem",
    "semaphore",
    "seqcount",
    "seqlock",
    "spinlock",
    "srcu_struct",
    "super_block",
    "tasklet",
    "timer",
    "wait_override_map",
    "wait_queue",
    "work_struct",
    "workqueue",
    "ww_class",
    "ww_mutex",
  ],
  "lines of comments: lab: thread, hardirq, softirq, nmi, signals": [
    "nmi",
    "device",
    "devices",
    "hardirq",
    "scenario",
    "signals",
    "softirq",
    "tasks",
    "thread",
  ],
  "what runs because of INIT_WORK(), timer_setup(), request_irq() and so on": [
    "irq_work_fn",
    "kjournald2",
    "kworkers",
    "raise_irq",
    "raising",
    "rcu_callback",
    "srcu_callback",
    "tasklet_fn",
    "timer_fn",
  ],
  "schedule(), whatever the task waits for": ["schedule_on"],
  "what a scheduler does beside its tasks; a thread of C has a CPU for itself": [
    "scheduler",
    "send_ipi",
  ],
  "this_cpu_read(), in_atomic(), preemptible()": ["may_block", "may_sleep", "this_cpu"],
  "a step of list_for_each_entry()": ["list_contains", "list_leave"],
  "objects are declared, so that nothing is allocated": ["kmalloc_nofs", "kswapd"],
  "tools that look at a scenario": [
    "coveringRuns",
    "direct",
    "enabled",
    "heldLocks",
    "sequentialRun",
    "initialState",
    "printState",
    "replay",
    "scheduleOf",
    "takeStep",
    "tokenOf",
    "translate",
    "waiting",
    "randomWalk",
  ],
};
const reasons = new Set(Object.values(inAnotherForm).flat());

const primitives = Object.entries(machine)
  .filter(([, value]) => typeof value === "function")
  .map(([name]) => name);

describe("the vocabulary", () => {
  it("has a call for every primitive of the machine; write one into lib/kernel-c/vocabulary, or say above why not", () => {
    expect(primitives.filter((name) => !calls.has(name) && !reasons.has(name))).toEqual([]);
  });

  it("gives no reason for what is not there, or has a call", () => {
    expect(
      [...reasons].filter((name) => calls.has(name) && !/^(?:bool|assert|list|set)$/.test(name)),
    ).toEqual([]);
    const values = Object.keys(machine);
    expect([...reasons].filter((name) => !values.includes(name))).toEqual([]);
  });

  it("has each name once", () => {
    const names = families.flatMap(({ calls: of = {}, loops = {} }) => [
      ...Object.keys(of),
      ...Object.keys(loops),
    ]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it("has a type for each definer that is no longer than that: it stands in its place while the text is read", () => {
    const { definers } = vocabulary.macros;
    expect([...definers].filter(([definer, type]) => type.length > definer.length)).toEqual([]);
  });

  it("says what to write instead only of what it lacks", () => {
    expect([...vocabulary.instead.keys()].filter((name) => vocabulary.calls.has(name))).toEqual([]);
  });
});
