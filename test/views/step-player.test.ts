import { describe, expect, it } from "vitest";
import { c } from "../../lib/kernel-c/kernel-c.js";
import { direct, sequentialRun, translate } from "../../lib/machine/index.js";
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

describe("an annotation", () => {
  const textOf = (body: string) => c`
static DEFINE_RAW_SPINLOCK(outer);
static DEFINE_RAW_SPINLOCK(lock);
static void told(void)
{
${body}
}
`;
  const along = async (body: string) => {
    const kernelC = await loadKernelC();
    const run = kernelC(textOf(body), { file: "told.c", threads: ["told on 0"] });
    const steps = traceOf(run, sequentialRun(run).schedule);
    return { steps, views: lockdepAlong(steps) };
  };

  it("is known to lockdep at the step after which the text has passed it", async () => {
    const { steps, views } = await along(`
	raw_spin_lock(&lock);
	spin_acquire(&lock.dep_map, 1, 0, _RET_IP_);
	raw_spin_lock(&outer);
	raw_spin_unlock(&outer);
	spin_release(&lock.dep_map, _RET_IP_);
	raw_spin_unlock(&lock);`);
    const taken = steps.steps.findIndex(({ label }) => label === "raw_spin_lock(&lock)");
    expect(steps.steps[taken + 1]?.label).toBe("raw_spin_lock(&outer)");
    const edges = views.map(({ graph }) => graph.edges.length);
    expect([edges[taken], edges[taken + 1]]).toEqual([0, 1]);
    expect(views.at(-1)?.report).toBeNull();
  });

  it("is told once, also where the step after it waits", async () => {
    const kernelC = await loadKernelC();
    const text = textOf(`
	raw_spin_lock(&outer);
	spin_release(&outer.dep_map, _RET_IP_);
	raw_spin_lock(&lock);
	raw_spin_unlock(&lock);
	spin_acquire(&outer.dep_map, 0, 0, _RET_IP_);
	raw_spin_unlock(&outer);`);
    const holds = `${text}static void holds(void) { raw_spin_lock(&lock); raw_spin_unlock(&lock); }`;
    const run = kernelC(holds, { file: "told.c", threads: ["told on 0", "holds on 1"] });
    const model = translate(run);
    const schedule = direct(model, [
      { run: "holds", before: "raw_spin_unlock(lock)" },
      { run: "told" },
      { run: "holds" },
      { run: "told" },
    ]);
    const views = lockdepAlong(traceOf(run, schedule));
    expect(views.at(-1)?.report).toBeNull();
    expect(views.at(-1)?.graph.edges).toEqual([]);
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

  it("has as its image the step in which lockdep reports, or the one that is asked for", async () => {
    const kernelC = await loadKernelC();
    const text = c`
static DEFINE_RAW_SPINLOCK(lock);
static void take(void) { raw_spin_lock(&lock); raw_spin_unlock(&lock); }
static void task(void) { take(); take(); take(); }
`;
    const run = kernelC(text, { file: "late.c", threads: ["task on 0"], hardirqs: ["take on 0"] });
    const steps = traceOf(run, sequentialRun(run).schedule);
    const views = lockdepAlong(steps);
    const reports = views.findIndex(({ report }) => report !== null);
    expect(reports).toBeGreaterThan(0);
    expect(reports).toBeLessThan(steps.steps.length);
    const player = await stepPlayer(steps);
    expect(player.svg).toBe(player.frames?.[reports]?.svg);
    expect(player.alt).toContain(`the picture is that after step ${String(reports)}`);
    const second = await stepPlayer(steps, views, { picture: 2 });
    expect(second.svg).toBe(second.frames?.[2]?.svg);
  });

  it("draws a schedule without any step", async () => {
    const none = await stepPlayer(traceOf(abbaScenario("&a", "&b"), []));
    expect(none.frames).toHaveLength(1);
    visibleText(none.svg);
  });
});
