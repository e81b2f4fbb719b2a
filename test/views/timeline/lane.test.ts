import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { c } from "../../../lib/kernel-c/kernel-c.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { besideWait } from "../../../lib/views/timeline/beside-wait.js";
import { counterexample } from "../../../lib/views/timeline/counterexample.js";
import { timeline } from "../../../lib/views/timeline/timeline.js";
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
    expect(besideWait([last], last, ["p->on_cpu"], 23, style)).toBe("p->on_cpu");
  });

  it("stands in the bar where there is room", () => {
    const long = wait(0, 31);
    expect(besideWait([long], long, ["p->on_cpu"], 23, style)).toBe("");
  });

  it("covers no other bar", () => {
    const [first, last] = [wait(20, 30), wait(30, 31)];
    expect(besideWait([first, last], last, ["p->on_cpu"], 23, style)).toBe("");
  });
});
