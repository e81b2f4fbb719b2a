import { describe, expect, it } from "vitest";
import { sequentialRun } from "../../../lib/machine/index.js";
import { callChains } from "../../../lib/views/report/call-chains.js";
import { callRows, eventsInside, type CallPath } from "../../../lib/views/report/call-rows.js";
import { abbaScenario } from "../abba.js";
import { hostileName } from "../samples.js";
import { expectSoundFigure, visibleText } from "../wellformed.js";

function paths(first: string, second: string): readonly CallPath[] {
  const { events } = sequentialRun(abbaScenario(first, second));
  const outside = events.filter((e) => e.cpu === 0);
  return [
    { name: "schedule", context: "task, IRQs off", events: eventsInside(outside, "schedule") },
    { name: "handler", context: "hardirq", events: eventsInside(events, "handler") },
  ];
}
const shown = paths("&rq->__lock", "&wakeup");

describe("call chains", () => {
  it("are a sound figure of functions and locks in order", () => {
    expectSoundFigure(() => callChains(shown));
    const figure = callChains(shown);
    expect(figure.alt).toContain("schedule (task, IRQs off) takes &rq->__lock, then &wakeup;");
    expect(figure.alt).toContain("handler (hardirq) takes &wakeup, then &rq->__lock");
    expect(visibleText(figure.svg)).toContain("▸ lock &rq->__lock");
    expect(figure.mermaid).toContain('subgraph p1["handler - hardirq"]');
  });

  it("name a function once for all that it does in a row", () => {
    const [first] = shown;
    if (first === undefined) throw new Error("no path");
    expect(callRows(first).map((row) => `${row.depth} ${row.kind}`)).toEqual([
      "0 call",
      "1 lock",
      "1 lock",
      "1 unlock",
      "1 unlock",
    ]);
  });

  it("tell an annotation from a lock taken", () => {
    const map = { id: "a@0", name: "&a", key: "a", waitInner: 2 } as const;
    const place = { cpu: 0, task: 0, stack: ["f"] };
    const acquire = {
      ...place,
      kind: "acquire",
      map,
      subclass: 1,
      trylock: false,
      read: 0,
      check: true,
      nestLock: null,
    } as const;
    const path: CallPath = {
      name: "p",
      context: "task",
      events: [
        acquire,
        { ...place, kind: "locked", map, read: 0 },
        acquire,
        { ...place, kind: "release", map },
        { ...place, kind: "release", map },
        { ...place, kind: "unlocked", map },
      ],
    };
    expect(callRows(path).map((row) => row.text)).toEqual([
      "f",
      "lock &a, subclass 1",
      "spin_acquire(&a, 1), told to lockdep only",
      "spin_release(&a), told to lockdep only",
      "unlock &a",
    ]);
  });

  it("show hostile names as text", () => {
    const bad = callChains(paths(hostileName, `"]; click`));
    expect(bad.svg).not.toContain("<script");
    visibleText(bad.svg);
    expect(bad.mermaid).not.toMatch(/<script|"\]; click/);
  });
});
