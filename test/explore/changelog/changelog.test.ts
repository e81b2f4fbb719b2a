import { describe, expect, it } from "vitest";
import { atlasCase, judgeCase } from "../../../lib/atlas/index.js";
import { abba, stories } from "../../../lib/atlas/stories/index.js";
import { changelogTimeline, explore } from "../../../lib/explore/index.js";
import { translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { type Found, foundIn } from "./of.js";

const textOf = ({ model, schedule }: Found): readonly string[] =>
  changelogTimeline(model, schedule);
const story = (name: string): Found => {
  const [found] = foundIn(name, stories.find((one) => one.name === name)?.scenario ?? abba());
  if (found === undefined) throw new Error(`nothing goes wrong in ${name}`);
  return found;
};

describe("the timeline of a deadlock", () => {
  it("says who waits for whom, as in the kernel's own changelogs", () => {
    expect(textOf(story("abba")).join("\n")).toMatchInlineSnapshot(`
      "CPU0 #3 waits for CPU1 #2 and CPU1 #4 waits for CPU0 #1.

             CPU0                     CPU1
             T0:                      T1:
          1  raw_spin_lock(&lock_a);
          2                           raw_spin_lock(&lock_b);
          3  raw_spin_lock(&lock_b);
          4                           raw_spin_lock(&lock_a);"
    `);
  });

  it("has a row for the interrupt, and says who cannot go on until it returns", () => {
    expect(textOf(story("irq")).join("\n")).toMatchInlineSnapshot(`
      "CPU0 #3 waits for CPU0 #1 and CPU0 #1 does not go on before CPU0 #2
      returns.

             CPU0
             task:
          1  raw_spin_lock(&dev->lock);
          2  <Interrupt> dev_interrupt
          3  raw_spin_lock(&dev->lock);"
    `);
  });

  it("says what somebody would do who does not get there", () => {
    expect(textOf(story("completion")).join("\n")).toMatchInlineSnapshot(`
      "CPU0 #2 waits for complete(&done) of completer, which does not get past
      #3 and CPU1 #3 waits for CPU0 #1.

             CPU0                         CPU1
             waiter:                      completer:
          1  mutex_lock(&dev->mutex);
          2  wait_for_completion(&done);
          3                               mutex_lock(&dev->mutex);"
    `);
  });

  it("shows a wakeup that came too early, with the test that it made untrue", () => {
    expect(textOf(story("wait-queue")).join("\n")).toMatchInlineSnapshot(`
      "CPU0 #5 waits for what CPU1 #3 did before.

             CPU0                        CPU1
             sleeper:                    waker:
          1  if (!ready)
          2                              ready = 1;
          3                              wake_up(&dev->wq);
          4  prepare_to_wait(&dev->wq);
          5  schedule();"
    `);
  });

  it("stands one CPU below the other where five do not fit beside each other", async () => {
    const one = atlasCase("kvm-usage-lock");
    const { scenario } = judgeCase(one, await loadKernelC());
    const [found] = foundIn("kvm-usage-lock", scenario);
    expect(found === undefined ? "" : textOf(found).join("\n")).toMatchInlineSnapshot(`
      "CPU0 #6 waits for CPU2 #3, CPU1 #7 waits for CPU0 #1, CPU2 #8 waits for
      CPU4 #5, CPU3 #9 waits for CPU1 #2 and CPU4 #5 waits for CPU3 #4.

             CPU0  kvm_set_memory_region:
             CPU1  set_nx_huge_pages:
             CPU2  kvm_vcpu_ioctl:
             CPU3  kvm_create_vm:
             CPU4  cpu_up:

          1  CPU0  mutex_lock(&slots_lock);
          2  CPU1  mutex_lock(&kvm_lock);
          3  CPU2  idx = srcu_read_lock(&kvm_srcu);
          4  CPU3  cpus_read_lock();
          5  CPU4  cpus_write_lock();
          6  CPU0  synchronize_srcu(&kvm_srcu);
          7  CPU1  mutex_lock(&slots_lock);
          8  CPU2  cpus_read_lock();
          9  CPU3  mutex_lock(&kvm_lock);"
    `);
  });
});

describe("a schedule of another scenario", () => {
  it("is refused", () => {
    const { schedule = [] } = explore(abba()).violations.deadlock ?? {};
    const [last = 0] = schedule;
    expect(() => changelogTimeline(translate(abba()), [last, last])).toThrow(
      "step 2 of the schedule is not possible",
    );
  });
});
