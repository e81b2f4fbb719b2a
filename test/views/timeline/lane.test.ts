import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  CPU,
  bool,
  hardirq,
  scenario,
  send_ipi,
  sequentialRun,
  step,
  thread,
  variable,
} from "../../../lib/machine/public.js";
import { c } from "../../../lib/kernel-c/kernel-c.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { besideBar } from "../../../lib/views/timeline/beside-bar.js";
import { counterexample } from "../../../lib/views/timeline/counterexample.js";
import { endingsOf } from "../../../lib/views/timeline/endings.js";
import { timeline } from "../../../lib/views/timeline/timeline.js";
import { traceOf } from "../../../lib/views/trace/trace.js";
import { deadlockTrace } from "../abba.js";
import { visibleText } from "../wellformed.js";

const kernelC = await loadKernelC();
const count = c`
static int count;	/* 0..2 */
static bool done[2];

/* lab: thread increment(0) on 0 */
/* lab: thread increment(1) on 1 */
static void increment(int me)
{
	count++;
	done[me] = true;
	BUG_ON(done[0] && done[1] && count != 2);
}
`;

describe("the lanes of a timeline", () => {
  it("have no row that is empty on every CPU", () => {
    const lost = explore(kernelC(count, { file: "count.c" }));
    const text = visibleText(counterexample(lost, "assert", "one is lost").svg);
    expect(text).toContain("runs");
    for (const row of ["IRQs off", "holds", "waits for"]) expect(text).not.toContain(row);
    const full = visibleText(timeline(deadlockTrace()).svg);
    for (const row of ["runs", "IRQs off", "holds", "waits for"]) expect(full).toContain(row);
  });
});

describe("what is waited for", () => {
  const style = { size: 11 } as const;
  const wait = (from: number, to: number) => ({ from, to, lock: null, text: "p->on_cpu" });

  it("stands beside a bar that is too short for it", () => {
    const last = wait(30, 31);
    expect(besideBar([last], last, ["p->on_cpu"], 23, style)).toBe("p->on_cpu");
  });

  it("stands in the bar where there is room", () => {
    const long = wait(0, 31);
    expect(besideBar([long], long, ["p->on_cpu"], 23, style)).toBe("");
  });

  it("covers no other bar", () => {
    const [first, last] = [wait(20, 30), wait(30, 31)];
    expect(besideBar([first, last], last, ["p->on_cpu"], 23, style)).toBe("");
  });
});

describe("a name that is too long for its bar", () => {
  it("is told by its ending, down to two words", () => {
    expect(endingsOf("sysvec_kvm_posted_intr_wakeup_ipi0")).toEqual([
      "sysvec_kvm_posted_intr_wakeup_ipi0",
      "…kvm_posted_intr_wakeup_ipi0",
      "…posted_intr_wakeup_ipi0",
      "…intr_wakeup_ipi0",
      "…wakeup_ipi0",
    ]);
    for (const short of ["handler0", "nest_a"]) expect(endingsOf(short)).toEqual([short]);
  });

  it("is never cut to a mark that says nothing: a pending interrupt has its name in its bar or beside it", () => {
    const flag = variable("vector", bool, { per: [CPU] });
    const served = scenario("served at once", {
      sizes: { cpu: 1 },
      processes: [
        thread("task", 0, [step("one"), send_ipi(flag, 0), step("two"), step("three")]),
        hardirq("sysvec_of_a_device_with_a_long_name", flag, () => [step("handle")]),
      ],
    });
    const { schedule } = sequentialRun(served);
    const { svg } = timeline(traceOf(served, schedule));
    // In the lane of what runs, and in that of what is pending.
    expect(visibleText(svg).match(/long_name0/g)?.length).toBeGreaterThanOrEqual(2);
    expect(visibleText(svg)).not.toMatch(/(^|\s)!(\s|$)/);
  });
});
