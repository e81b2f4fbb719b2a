import { describe, expect, it } from "vitest";
import { explore, untilAllStand } from "../../../lib/explore/index.js";
import { flushUnderMutex } from "../../../lib/atlas/stories/index.js";
import { counterexample } from "../../../lib/views/timeline/counterexample.js";
import { lanesOf } from "../../../lib/views/trace/bars.js";
import { mermaidText } from "../../../lib/views/draw/mermaid-text.js";
import { sequenceDiagram } from "../../../lib/views/timeline/sequence.js";
import { timeline } from "../../../lib/views/timeline/timeline.js";
import { traceOf } from "../../../lib/views/trace/trace.js";
import { abbaScenario, deadlockTrace, longTrace } from "../abba.js";
import { hostileName } from "../samples.js";
import { expectSoundFigure, visibleText } from "../wellformed.js";

const trace = deadlockTrace();
const end = trace.steps.at(-1)?.after;

describe("a schedule replayed", () => {
  it("ends with each CPU holding what the other waits for", () => {
    const [zero, one] = end?.cpus ?? [];
    expect(zero?.context).toBe("hardirq");
    expect(zero?.running).toBe("handler0");
    expect(zero?.irqsOn).toBe(false);
    expect(one?.context).toBe("task");
    expect(zero?.held.map((l) => l.id)).toEqual([one?.waits?.lock]);
    expect(one?.held.map((l) => l.id)).toEqual([zero?.waits?.lock]);
  });

  it("waits for nothing at the start", () => {
    expect(trace.start.cpus.map((cpu) => cpu.waits)).toEqual([null, null]);
    expect(trace.start.cpus.map((cpu) => cpu.irqsOn)).toEqual([true, true]);
  });

  it("refuses a schedule that cannot be", () => {
    const other = abbaScenario("&x", "&y");
    expect(() => traceOf(other, [0, 0])).toThrow(/step 2 .* cannot be taken/);
    expect(() => traceOf(other, [9999])).toThrow(/step 1 .* cannot be taken/);
  });
});

describe("a schedule to a deadlock", () => {
  const abba = abbaScenario("&x", "&y");
  it("goes on until all stand, those who wait for no lock, too, and leaves one as it is where all do", () => {
    const flush = flushUnderMutex();
    const { schedule = [] } = explore(flush).violations.deadlock ?? {};
    const standing = (of: readonly number[]): readonly string[] =>
      (traceOf(flush, of).steps.at(-1)?.after.cpus ?? []).flatMap(({ waits }) => waits?.text ?? []);
    expect(standing(schedule)).toEqual(["flush_work(&dev->reset_work)"]);
    const whole = untilAllStand(flush, schedule);
    expect(standing(whole)).toEqual(["flush_work(&dev->reset_work)", "&dev->mutex"]);
    expect(untilAllStand(flush, whole)).toEqual(whole);
    const end = explore(abba).violations.deadlock?.schedule ?? [];
    expect(untilAllStand(abba, end)).toEqual(end);
  });

  it("says at its end of every wait for whom it is, and marks from where on nobody can get out", () => {
    const figure = counterexample(explore(flushUnderMutex()));
    const text = figure.text.split("\n");
    expect(text.filter((line) => line.includes("from here on nobody can get out"))).toEqual([
      expect.stringMatching(/^3 {2}/),
    ]);
    expect(text.at(-1)).toBe(
      "at the end: CPU 0 (close) waits for flush_work(&dev->reset_work), " +
        "up to kworker/dev->reset_work: dev_reset done; " +
        "CPU 1 (kworker/dev->reset_work) waits for dev, held on CPU 0",
    );
  });

  it("is left as it is where nobody is stuck", () => {
    expect(untilAllStand(abba, [])).toEqual([]);
  });
});

describe("the lanes", () => {
  it("cover every column with who runs, without overlap", () => {
    for (const lane of lanesOf(trace)) {
      let at = 0;
      for (const bar of lane.runs) {
        expect(bar.from).toBe(at);
        at = bar.to;
      }
      expect(at).toBe(trace.steps.length + 1);
    }
  });

  it("keep locks held at once on different rows", () => {
    for (const { held } of lanesOf(trace))
      for (const a of held)
        for (const b of held)
          if (a !== b && a.row === b.row) expect(a.to <= b.from || b.to <= a.from).toBe(true);
  });
});

describe("the timeline", () => {
  it("is a sound figure with lanes, locks, waits and every step in words", () => {
    expectSoundFigure(() => timeline(trace));
    const text = visibleText(timeline(trace).svg);
    for (const part of ["CPU 0", "CPU 1", "handler0", "IRQs off", "&rq->__lock", "waits for"])
      expect(text).toContain(part);
    expect(timeline(trace).alt).toContain("waits for rq, held on CPU 1");
  });

  it("of a few steps carries their labels, and needs no zoom", () => {
    const { svg, plotly } = timeline(trace);
    expect(plotly).toBeUndefined();
    const slanted = svg.match(/rotate\(-\d+\)"><text[^>]*>[^<]+/g) ?? [];
    expect(slanted).toHaveLength(trace.steps.length);
  });

  it("shows what is pending, and who is a device", () => {
    const text = visibleText(timeline(trace).svg);
    expect(text).toContain("pending");
    expect(text).not.toContain("devices");
    const [raise] = trace.steps;
    if (raise === undefined) throw new Error("the sample has lost its steps");
    const by = { ...trace, steps: [{ ...raise, cpu: null }, ...trace.steps.slice(1)] };
    expect(visibleText(timeline(by).svg)).toContain("devices");
    const [zero] = lanesOf(trace);
    const raised = trace.steps.findIndex(({ after }) => after.cpus[0]?.pending.length === 1);
    expect(zero?.pending).toEqual([
      { from: raised + 1, to: expect.any(Number) as number, text: "handler0" },
    ]);
  });

  it("of many steps has a zoomable form with the same bars", () => {
    const long = longTrace();
    const data = timeline(long).plotly?.data ?? [];
    const bars = data.filter((d) => d["type"] === "bar").flatMap((d) => d["y"]);
    const lanes = lanesOf(long);
    const expected = lanes.flatMap((l) => [...l.runs, ...l.irqsOff, ...l.held, ...l.waits]);
    expect(bars).toHaveLength(expected.length);
    expect(timeline(long).plotly?.layout["xaxis"]).not.toHaveProperty("fixedrange");
  });
});

describe("the sequence diagram", () => {
  it("is a sound figure whose waits end at the lock", () => {
    expectSoundFigure(() => sequenceDiagram(trace));
    const { mermaid = "" } = sequenceDiagram(trace);
    expect(mermaid.split("\n").filter((l) => l.includes("-x"))).toHaveLength(2);
    expect(mermaid).toContain("participant L0 as rq\n");
  });
});

describe("hostile names", () => {
  const bad = deadlockTrace(hostileName, `end; loop "x"\n%%{init}%%`);
  it.each([
    ["timeline", timeline(bad)],
    ["sequence", sequenceDiagram(bad)],
  ])("are text in the %s", (_, figure) => {
    expect(figure.svg).not.toContain("<script");
    visibleText(figure.svg);
    expect(figure.mermaid ?? "").not.toMatch(/<script|%%|loop "/);
    expect(JSON.stringify(figure.plotly ?? null)).not.toContain("<script");
  });

  it("keep a Mermaid statement on its line", () => {
    expect(mermaidText('a;b\n"c" #d; <b>&')).toBe("a#59;b #quot;c#quot; #35;d#59; #lt;b#gt;#amp;");
  });
});
