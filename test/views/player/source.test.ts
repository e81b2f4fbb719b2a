import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { shownLines } from "../../../lib/views/player/source-lines.js";
import { stepPlayer } from "../../../lib/views/player/player.js";
import { counterexampleTrace } from "../../../lib/views/timeline/counterexample.js";
import { deadlockTrace } from "../abba.js";
import { visibleText } from "../wellformed.js";

const code = `/* lab: thread left on 0 */
/* lab: thread right on 1 */
static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);

static void left(void)
{
	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&b);
	mutex_unlock(&a);
}

static void right(void)
{
	mutex_lock(&b);
	mutex_lock(&a);
	mutex_unlock(&a);
	mutex_unlock(&b);
}
`;
const kernelC = await loadKernelC();
const abba = (text: string) =>
  counterexampleTrace(explore(kernelC(text, { file: "abba.c" })), "deadlock");
const trace = abba(code);
const player = await stepPlayer(trace);
const frames = player.frames ?? [];
const shown = frames.map(({ svg }) => visibleText(svg));

describe("the source in the step player", () => {
  it("is there in every picture, line by line", () => {
    for (const text of shown) {
      expect(text).toContain("mutex_lock(&a);");
      expect(text).toContain("static void right(void)");
    }
  });

  it("says at the margin of which line a lock is held since", () => {
    expect(shown[0]).not.toContain("holds");
    expect(shown[1]).toMatch(/mutex_lock\(&a\);\s*CPU 0 holds a/);
    expect(shown[2]).toMatch(/mutex_lock\(&b\);\s*CPU 1 holds b/);
  });

  it("says it in full, however long lines and names are, in the width that a page has", async () => {
    const text = `/* lab: thread take on 0 */
static DEFINE_PER_CPU(raw_spinlock_t, wakeup_vcpus_on_cpu_lock);

static void take(void)
{
	raw_spin_lock(this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));
	raw_spin_lock(this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));
}
`;
    const long = await stepPlayer(abba(text));
    const [, taken] = long.frames ?? [];
    const { svg = "" } = taken ?? {};
    const [held] = /CPU 0 holds .*/.exec(visibleText(svg)) ?? [];
    expect(held).toMatch(/^CPU 0 holds wakeup\w*\[cpu0\]/);
    expect(held).not.toContain("…");
    // What the page gives it beside JupyterLab's panel; of the line that is long, too, enough is left.
    expect(Number(/ width="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(1000);
    expect(visibleText(svg)).toMatch(/raw_spin_lock\(\w+…/);
  });

  it("marks the line of each CPU, by its number, and says it in words", () => {
    expect(frames.map(({ text }) => /CPU 0: .*at abba.c:(\d+)/.exec(text)?.[1])).toEqual([
      "8",
      "9",
      "9",
    ]);
    expect(shown[2]).toMatch(/0\s*9\s*mutex_lock\(&b\);/);
    expect(shown[2]).toMatch(/1\s*17\s*mutex_lock\(&a\);/);
  });

  it("says from which step on nobody can get out, and at the end who waits for whom", () => {
    expect(frames.at(-1)?.title).toContain("(abba.c:16); from here on nobody can get out");
    expect(frames.at(-1)?.text).toContain("CPU 0 (left) waits for b, held on CPU 1");
  });

  it("is left out of a schedule that comes from no text", () => {
    expect(shownLines(deadlockTrace())).toEqual([]);
  });

  it("is cut to what the schedule comes by where it is long", () => {
    const long = code.replace("static void right", `${"/* talk */\n".repeat(80)}static void right`);
    const lines = shownLines(abba(long));
    expect(lines.length).toBeLessThan(40);
    expect(lines.filter(({ kind }) => kind === "gap").length).toBeGreaterThan(0);
    const texts = lines.map((line) => (line.kind === "line" ? line.text.trim() : ""));
    expect(texts.filter((text) => text === "mutex_lock(&a);")).toHaveLength(2);
  });
});
