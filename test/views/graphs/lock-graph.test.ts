import { describe, expect, it } from "vitest";
import { lockGraph } from "../../../lib/views/graphs/lock-graph.js";
import { circular, hostileName, kvmGraph, piLock, renamed } from "../samples.js";
import { expectSoundFigure, visibleText } from "../wellformed.js";

const figure = await lockGraph(kvmGraph, { report: circular });
const again = await lockGraph(kvmGraph, { report: circular });

describe("the lock graph", () => {
  it("is a sound figure, the same every time", () => {
    expect(again).toEqual(figure);
    expectSoundFigure(() => figure);
  });

  it("shows classes, usage bits, edge kinds and where each edge was learnt", () => {
    const text = visibleText(figure.svg);
    for (const part of [
      "&p->pi_lock",
      "&rq->__lock",
      "{-.-.}-{2:2}",
      "{-...}-{2:2}",
      "EN",
      "pi_enable_wakeup_handler",
      "raw_spin_rq_lock",
    ])
      expect(text).toContain(part);
    expect(text.replaceAll("\n", " ")).toContain("kvm_sched_out < prepare_task_switch");
  });

  it("highlights the circle and marks the edge that was refused", () => {
    expect(figure.alt).toContain(
      "Highlighted circle: &per_cpu(wakeup_vcpus_on_cpu_lock, cpu) → &p->pi_lock",
    );
    expect(figure.svg.match(/stroke-dasharray="7 4"/g)).toHaveLength(1);
    expect(visibleText(figure.svg)).toContain("the new edge");
    const [, learnt = "", refused = ""] =
      /Edges: (.*?)\. New, and not drawn into it: (.*?)\./.exec(figure.alt) ?? [];
    expect(learnt).not.toContain("→ &p->pi_lock");
    expect(refused).toBe("&per_cpu(wakeup_vcpus_on_cpu_lock, cpu) → &p->pi_lock");
    expect(figure.text.split("\n").filter((l) => l.startsWith("!"))).toHaveLength(1);
  });

  it("highlights nothing without a report", async () => {
    const plain = await lockGraph(kvmGraph);
    expect(plain.svg).not.toMatch(/[fs]-red/);
    expect(plain.alt).not.toContain("Highlighted");
  });

  it("shows a hostile name as text only", async () => {
    const bad = await lockGraph(renamed(kvmGraph, hostileName));
    expect(bad.svg).not.toContain("<script");
    expect(visibleText(bad.svg).replaceAll("\n", "")).toContain("<script>alert(");
  });

  it("says what it leaves out of a large graph", async () => {
    const classes = Array.from({ length: 60 }, (_, index) => ({ ...piLock, index }));
    const large = await lockGraph({ ...kvmGraph, classes }, { most: 10 });
    expect(large.alt).toContain("50 more classes are not drawn");
  });

  it("draws an empty graph", async () => {
    const empty = await lockGraph({ classes: [], edges: [], chains: [] });
    expect(empty.alt).toContain("0 classes");
    visibleText(empty.svg);
  });
});
