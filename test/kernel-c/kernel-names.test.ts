/** Names of the kernel that nobody models are refused by name, with what to write instead. */
import { describe, expect, it } from "vitest";
import { vocabularyOf } from "../../lib/kernel-c/vocabulary/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

/** What is said of a call without arguments. */
function said(name: string): string {
  try {
    kernelC(`/* lab: thread f on 0 */\nstatic void f(void) { ${name}(); }\n`);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

describe("a name that is not modelled", () => {
  it.each([
    "stop_machine",
    "task_work_add",
    "synchronize_rcu_tasks",
    "call_rcu_tasks_trace",
    "memalloc_nofs_save",
    "raise_softirq",
    "napi_schedule",
    "tasklet_disable",
    "list_next_entry",
    "list_for_each",
    "hash_add",
    "ktime_get",
    "time_after",
    "wait_woken",
    "RCU_LOCKDEP_WARN",
    "kthread_worker_fn",
    "request_percpu_irq",
    "disable_work",
    "alloc_percpu",
    "raw_write_seqcount_latch",
    "percpu_ref_get",
    "on_each_cpu_mask",
    "task_rq_lock",
    "blocking_notifier_call_chain",
    "pm_runtime_get_sync",
  ])("%s() says what to write instead", (name) => {
    expect(said(name)).toContain(`${name}() is not in the subset: `);
  });

  it("is told of every row that says so", () => {
    const all = [...vocabularyOf().instead.keys()].filter((name) => !name.endsWith("_t"));
    expect(all.filter((name) => !said(name).includes("is not in the subset: "))).toEqual([]);
  });
});
