import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explain } from "../../../lib/splat/explain/explain.js";
import { explanationMarkdown } from "../../../lib/splat/explain/format/markdown.js";
import { explanationText } from "../../../lib/splat/explain/format/text.js";
import { edgesOf } from "../../../lib/splat/evidence/edges/edges.js";
import { foldStack } from "../../../lib/splat/stacks/fold-stack.js";
import { timelineOf } from "../../../lib/splat/evidence/timeline.js";
import {
  decodeCharacters,
  describeUsage,
} from "../../../lib/splat/evidence/usage/usage-characters.js";
import { readSplats } from "../../../lib/splat/read/read.js";
import type { CircularSplat } from "../../../lib/splat/report/index.js";
import { corpus, hasCorpus } from "../corpus.js";
import { circleOf } from "../read-report.js";

function none(): CircularSplat {
  const file = new URL("../../oracle/kernel-splats/none.txt", import.meta.url);
  return circleOf(readFileSync(file, "utf8"));
}

describe("an explanation", () => {
  const explanation = explain(none());
  const text = explanationText(explanation);

  it("says who holds what and who wants what", () => {
    expect(explanation.who[0]).toBe(
      "swapper/0/1 holds `&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)` in `pi_wakeup_handler`.",
    );
    expect(explanation.who[1]).toMatch(/^swapper\/0\/1 wants `&p->pi_lock` in `pi_wakeup_handler`/);
  });

  it("names the code that taught lockdep each edge, round the circle", () => {
    expect(edgesOf(none()).map(({ from, to, learnt }) => [from, to, learnt])).toEqual([
      ["&p->pi_lock", "&rq->__lock", "earlier"],
      ["&rq->__lock", "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)", "earlier"],
      ["&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)", "&p->pi_lock", "now"],
    ]);
    expect(explanation.learnt[1]).toContain("`kvm_sched_out` > `pi_enable_wakeup_handler`");
  });

  it("asks about instances with the report's own addresses", () => {
    const report = none();
    const [question] = explanation.questions;
    expect(question?.why).toContain(report.acquiring?.addr);
  });

  it("tells an interrupt from the kernel thread that it came into", () => {
    expect(explanation.columns.thisTask.at(-1)).toContain("(hardirq)");
  });

  it("fits a terminal", () => {
    const long = text.split("\n").filter((line) => line.length > 100);
    expect(long).toEqual([]);
    expect(text).not.toContain("`");
    expect(text).not.toContain("undefined");
  });

  it("shows names as they are in Markdown, whatever they hold", () => {
    const report = none();
    const nasty = "<img src=x onerror=alert(1)>|*_[a](javascript:b)";
    const markdown = explanationMarkdown(
      explain({ ...report, task: { comm: nasty, pid: 1, action: "acquire" } }),
    );
    expect(markdown).toContain("\\<img src=x onerror=alert(1)\\>\\|\\*\\_\\[a\\](javascript:b)");
    expect(markdown.replace(/`[^`]*`/g, "")).not.toMatch(/(?<!\\)<img/);
  });
});

describe("a folded stack", () => {
  it("leaves out lockdep, the lock's own functions and the entry", () => {
    const link = none().chain.find(({ index }) => index === 2);
    const { acquire, functions } = foldStack(link?.frames ?? []);
    expect(acquire).toMatch(/^_raw_spin_lock/);
    expect(functions.slice(0, 2)).toEqual(["pi_enable_wakeup_handler", "kvm_sched_out"]);
    expect(functions).not.toContain("lock_acquire");
  });

  it("of nothing is nothing", () => {
    expect(foldStack([])).toEqual({ acquire: null, functions: [], context: "task", folded: 0 });
  });
});

describe("usage characters", () => {
  it("mean the opposite before 2.6.30", () => {
    expect(decodeCharacters("-...", "6.12.0")[0]).toMatchObject({ used: true, enabled: false });
    expect(decodeCharacters("-...", "2.6.26.5")[0]).toMatchObject({ used: false, enabled: true });
  });

  it("are hardirq and softirq, writers and readers, in this order", () => {
    const places = decodeCharacters("....", null).map(({ context, read }) => [context, read]);
    expect(places).toEqual([
      ["hardirq", false],
      ["hardirq", true],
      ["softirq", false],
      ["softirq", true],
    ]);
  });

  it("have memory reclaim as a third context where there are six", () => {
    expect(decodeCharacters("+.+.+.", "4.9.0")[4]?.context).toBe("memory reclaim");
    expect(describeUsage("....", null)).toMatch(/^no usage/);
  });
});

describe("a scenario in time", () => {
  it("ends with everyone waiting for a lock that another one holds", () => {
    const timeline = timelineOf(none());
    expect(timeline?.cpus).toBe(2);
    expect(timeline?.steps.map((step) => [step.cpu, step.waitsFor, step.indirect])).toEqual([
      [0, null, false],
      [1, null, false],
      [1, 0, false],
      // Two CPUs are drawn, the third lock's holder is not.
      [0, 1, true],
    ]);
  });

  it("is null where there is none", () => {
    expect(timelineOf({ ...none(), scenario: null })).toBeNull();
  });
});

describe.skipIf(!hasCorpus)("real reports", () => {
  it("are all explained, without a gap in the words", () => {
    for (const { name, text } of corpus) {
      for (const report of readSplats(text)) {
        const said = explanationText(explain(report));
        expect(said, name).not.toMatch(/\b(?:undefined|null|NaN)\b|\[object/);
        expect(explanationMarkdown(explain(report)), name).not.toMatch(/undefined|\[object|NaN/);
        expect(explain(report).who.length, name).toBeGreaterThan(0);
      }
    }
  });
});
