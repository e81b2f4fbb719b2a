import { describe, expect, it } from "vitest";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { anotherHandler } from "../../../lib/notebook/lessons/splat/another-handler.js";
import { closingOrder } from "../../../lib/notebook/lessons/splat/closing-order.js";
import { wakeupLockUsage } from "../../../lib/notebook/lessons/splat/wakeup-lock-usage.js";
import { expectRefused, expectSolved } from "./solved.js";
import { textInCell } from "./text-in-cell.js";

const kernelC = await loadKernelC();
const paths = textInCell("01-the-splat.ipynb", "paths");

const lock = "this_cpu_ptr(&wakeup_vcpus_on_cpu_lock)";
const take = `raw_spin_lock(${lock});`;
const drop = `raw_spin_unlock(${lock});`;
const wake = "try_to_wake_up(&vcpu_task);";
const handler = (...lines: readonly string[]): string =>
  `static void pi_wakeup_handler(void)\n{\n${lines.join("\n")}\n}`;

describe("the predictions", () => {
  it("have one right answer each", () => {
    const order = closingOrder(kernelC, paths);
    const orders = ["rq", "pi_lock"].map((lock) => `${lock} while wakeup is held`);
    expect(orders.map((one) => order.judge(one))).toEqual([false, true]);
    const usage = wakeupLockUsage(kernelC, paths);
    const guesses = ["....", "-...", "+...", "?.?.", "+.+."];
    expect(guesses.filter((one) => usage.judge(one))).toEqual(["+.+."]);
  });
});

describe("another handler", () => {
  const exercise = anotherHandler(kernelC, paths);

  it.each([
    ["waking after the lock", handler(take, drop, wake)],
    ["waking before it", handler(wake, take, drop)],
    ["waking twice", handler(take, drop, wake, take, drop, wake)],
    [
      "a function of its own",
      `static void walk(void) { ${take} ${drop} }\n${handler("walk();", wake)}`,
    ],
    ["waking, and what never runs", handler(take, drop, wake, "return;", take, wake, drop)],
    [
      // What is not tested: the lock is held all the while.
      "telling lockdep that the lock is dropped",
      handler(
        take,
        `spin_release(&${lock}->dep_map, _RET_IP_);`,
        wake,
        `spin_acquire(&${lock}->dep_map, 0, 0, _RET_IP_);`,
        drop,
      ),
    ],
    ["another subclass", handler(`raw_spin_lock_nested(${lock}, 1);`, wake, drop)],
  ])("is solved by %s", (_, answer) => {
    // A subclass of the handler alone still leads to pi_lock; sched_out's class has no way to it.
    expectSolved(exercise, answer);
  });

  it.each([
    ["the handler as it was", handler(take, wake, drop)],
    ["not waking", handler(take, drop)],
    ["not locking", handler(wake)],
    [
      "waking another task",
      `static struct task_struct other;\n${handler(take, drop, "try_to_wake_up(&other);")}`,
    ],
    ["nothing", handler()],
    [
      "taking pi_lock in place of waking",
      handler(
        take,
        drop,
        "raw_spin_lock(&vcpu_task.pi_lock); raw_spin_unlock(&vcpu_task.pi_lock);",
      ),
    ],
    [
      "a lock of another name",
      `static DEFINE_RAW_SPINLOCK(my_wakeup_lock);\n${handler("raw_spin_lock(&my_wakeup_lock);", wake, "raw_spin_unlock(&my_wakeup_lock);")}`,
    ],
    [
      "a wakeup of one's own",
      `static void try_to_wake_up(struct task_struct *p) { }\n${handler(take, wake, drop)}`,
    ],
    ["trying in place of taking", handler(`if (raw_spin_trylock(${lock})) {`, wake, drop, "}")],
    ["locking where nobody comes", handler(`if (0) { ${take} ${drop} }`, wake)],
    ["waking where nobody comes", handler(take, drop, `if (0) { ${wake} }`)],
    ["never coming back", handler(take, drop, wake, "for (;;) cpu_relax();")],
    ["never unlocking", handler(wake, take)],
    ["locking that is defined away", `#define raw_spin_lock(x)\n${handler(take, wake, drop)}`],
    [
      "a lock that is kept from lockdep",
      handler(`lockdep_set_novalidate_class(${lock});`, take, wake, drop),
    ],
    ["no text", ""],
    ["what does not compile", handler("wake everybody")],
    ["lockdep switched off", handler("lockdep_off();", take, wake, drop, "lockdep_on();")],
  ])("is not solved by %s", (_, answer) => {
    expectRefused(exercise, answer);
  });
});
