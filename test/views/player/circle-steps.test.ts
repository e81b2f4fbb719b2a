import { describe, expect, it } from "vitest";
import { kvm, lockdepVerdict, pathsOnce, type KvmOptions } from "../../../lib/kvm/index.js";
import { randomWalk } from "../../../lib/machine/run/random-walk.js";
import { circleSteps } from "../../../lib/views/player/circle-steps.js";
import { traceOf } from "../../../lib/views/trace/trace.js";
import { deadlockTrace } from "../abba.js";
import { expectSoundFigure } from "../wellformed.js";
import { lockdepAlong } from "../../../lib/views/trace/lockdep-along.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

async function stepped(options: KvmOptions) {
  const { report, lockdep } = lockdepVerdict(pathsOnce(kernelC), ["o", "w"]);
  if (report === null) throw new Error("the case has lost its report");
  const two = kvm(kernelC, { ...options, cpus: 2, vcpus: 1 });
  const walks = [1, 2, 3].map((seed) => traceOf(two, randomWalk(two, 1500, seed)));
  return await circleSteps(lockdep.graph(), report, ...walks);
}

describe("a circle, stepped", () => {
  it("goes from three classes to the locks, and to the CPU that cannot be twice", async () => {
    const figure = await stepped({});
    expectSoundFigure(() => figure);
    const titles = (figure.frames ?? []).map(({ title }) => title);
    expect(titles[0]).toBe("Lockdep's circle: wakeup → pi → rq → wakeup");
    expect(titles.slice(1, 4)).toEqual([
      "wakeup → pi: 2 arrows between locks",
      "pi → rq: 2 arrows between locks",
      "rq → wakeup: 2 arrows between locks",
    ]);
    for (const cpu of [0, 1]) {
      const clash = `CPU ${cpu} would have to be in two places at once`;
      expect(titles.filter((title) => title.endsWith(clash))).toHaveLength(1);
    }
    expect(titles.at(-1)).toBe("2 circles of locks, and none of them can close");
  });

  it("shows the circle whose arrows fit together where sched_out takes another CPU's lock", async () => {
    const titles = ((await stepped({ changes: ["remote-cpu"] })).frames ?? []).map((f) => f.title);
    expect(titles.filter((title) => title.endsWith("its arrows fit together"))).toHaveLength(2);
    expect(titles.at(-1)).toBe("2 of 2 circles of locks: the arrows fit together");
  });

  it("says so where no run has made the arrows", async () => {
    const trace = deadlockTrace();
    const { graph, report } = lockdepAlong(trace).at(-1) ?? {};
    if (graph === undefined || report == null) throw new Error("the sample has lost its report");
    const { frames } = await circleSteps(graph, report, trace);
    expect(frames?.map(({ title }) => title)).toEqual([
      "Lockdep's circle: rq → wakeup → rq",
      "rq → wakeup: 0 arrows between locks",
      "wakeup → rq: 0 arrows between locks",
      "No circle among the locks: only their classes make one",
    ]);
  });

  it("refuses a report that has no circle", async () => {
    const paths = pathsOnce(kernelC, { changes: ["irqs-on"] });
    const { report, lockdep } = lockdepVerdict(paths, ["w", "o"]);
    if (report === null) throw new Error("a lock with IRQs on is reported");
    await expect(circleSteps(lockdep.graph(), report, deadlockTrace())).rejects.toThrow(
      `a report of kind "${report.kind}" has no circle`,
    );
  });
});
