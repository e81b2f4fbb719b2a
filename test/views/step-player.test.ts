import { describe, expect, it } from "vitest";
import { c } from "../../lib/kernel-c/kernel-c.js";
import { sequentialRun } from "../../lib/machine/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";
import { mimeBundle } from "../../lib/views/draw/figure.js";
import { lockdepAlong } from "../../lib/views/trace/lockdep-along.js";
import { stepPlayer } from "../../lib/views/player/player.js";
import { traceOf } from "../../lib/views/trace/trace.js";
import { abbaScenario, deadlockTrace } from "./abba.js";
import { hostileName } from "./samples.js";
import { expectSoundFigure, visibleText } from "./wellformed.js";

const trace = deadlockTrace();
const figure = await stepPlayer(trace);

describe("lockdep along a trace", () => {
  it("is told of a lock before the task spins: the deadlock itself is reported", () => {
    const views = lockdepAlong(trace);
    expect(views).toHaveLength(trace.steps.length + 1);
    expect(views.at(-2)?.report).toBeNull();
    expect(views.at(-1)?.report?.kind).toBe("circular");
  });

  it("learns each edge once and forgets none", () => {
    const abba = abbaScenario("&a", "&b");
    const edges = lockdepAlong(traceOf(abba, sequentialRun(abba).schedule)).map(
      (v) => v.graph.edges.length,
    );
    expect(edges).toEqual([...edges].sort((a, b) => a - b));
    expect(edges.at(-1)).toBe(1);
  });
});

describe("the step player", () => {
  it("is a sound figure, the same every time", async () => {
    expect(await stepPlayer(trace)).toEqual(figure);
    expectSoundFigure(() => figure);
  });

  it("has a well-formed picture for the start and every step", () => {
    expect(figure.frames).toHaveLength(trace.steps.length + 1);
    const texts = (figure.frames ?? []).map((frame) => visibleText(frame.svg));
    expect(texts[0]).toContain("lockdep is content: 0 classes, 0 edges");
    expect(texts.at(-1)).toContain("lockdep reports: circular");
    expect(texts.at(-1)).toContain("waits for wakeup");
    expect(texts[3]).toContain("holds rq");
  });

  it("keeps the image in front of the script, for where scripts do not run", () => {
    const html = mimeBundle(figure)["text/html"];
    expect(html.indexOf("<img")).toBe(0);
    expect(html.indexOf("<script>")).toBeGreaterThan(html.indexOf("<img"));
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  it("lets no name end the script or the attribute", async () => {
    const bad = await stepPlayer(
      deadlockTrace(hostileName, "</script><img src=x onerror=alert(1)>"),
    );
    expect(bad.html?.match(/<\/script>/g)).toHaveLength(1);
    expect(bad.html).not.toContain("<img src=x");
    for (const frame of bad.frames ?? []) visibleText(frame.svg);
  });

  it("shows the variables that it is told, and refuses those that there are not", async () => {
    const text = c`
static int count;	/* 0..2 */
static int other;	/* 0..2 */
static void twice(void) { count++; other++; }
`;
    const run = (await loadKernelC())(text, {
      file: "twice.c",
      threads: ["twice on 0", "twice on 1"],
    });
    const steps = traceOf(run, sequentialRun(run).schedule);
    const shown = async (variables?: readonly string[]) =>
      visibleText((await stepPlayer(steps, undefined, variables ? { variables } : {})).svg);
    expect(await shown()).toContain("other = 2");
    expect(await shown(["cou"])).toContain("count = 2");
    expect(await shown(["cou"])).not.toContain("other = 2");
    await expect(shown(["third"])).rejects.toThrow(
      'begins with "third"; those that change: count, other',
    );
  });

  it("draws a schedule without any step", async () => {
    const none = await stepPlayer(traceOf(abbaScenario("&a", "&b"), []));
    expect(none.frames).toHaveLength(1);
    visibleText(none.svg);
  });
});
