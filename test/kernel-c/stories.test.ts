/** The stories of lib/cases as files that a kernel developer would write: the same verdicts. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { stories } from "../../lib/atlas/stories/index.js";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const textOf = (name: string): string =>
  readFileSync(new URL(`./stories/${name}.c`, import.meta.url), "utf8");

/** What a finer cut of the steps changes: a wait is a loop here, which reads one variable at a time. */
const ownStates: Readonly<Record<string, number>> = {
  // The driver has a flag that its handler writes, too.
  irq: 18,
  "irq-fixed": 18,
  // A pointer says which thread is stopped: it is read, and cleared by nobody.
  "kthread-stop": 11,
  "kthread-stop-fixed": 11,
  // The NMI comes as often as it likes.
  nmi: 36,
  "nmi-fixed": 38,
  // `while (READ_ONCE(interested) && READ_ONCE(turn))`: two reads; `WARN_ON(inside)`, and two stores to it.
  peterson: 72,
  // The thread goes on after schedule().
  "wakeup-fixed": 15,
};

const files = readdirSync(new URL("./stories", import.meta.url));
const written = files.map((file) => file.replace(/\.c$/, ""));

describe("a story in C has the verdicts of the story in TypeScript", () => {
  it("each file is a story", () => {
    const names = stories.map(({ name }) => name);
    expect(written.filter((name) => !names.includes(name))).toEqual([]);
    expect(written.length).toBeGreaterThanOrEqual(12);
  });

  for (const { name, verdict, steps, report, states } of stories) {
    if (!written.includes(name)) continue;
    it(name, () => {
      const file = `${name}.c`;
      const { result, report: said } = bothOn(kernelC(textOf(name), { file }));
      const [found] = Object.values(result.violations);
      expect(result.verdict).toBe(verdict);
      expect(said?.kind ?? null).toBe(report);
      expect(found?.schedule.length ?? null).toBe(steps);
      expect(result.states).toBe(ownStates[name] ?? states);
    });
  }
});
