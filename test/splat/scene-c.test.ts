import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";
import { readSplats } from "../../lib/splat/read/read.js";
import { kernelSplats } from "../../lib/splat/samples/index.js";
import { scenarioOfScene } from "../../lib/splat/scene/scenario.js";
import { sceneOf } from "../../lib/splat/scene/scene-of.js";
import type { Scene } from "../../lib/splat/scene/scene.js";
import { sourceOf } from "../../lib/splat/scene/source.js";
import { sourceOfC } from "../../lib/splat/scene/source-c.js";
import { corpus, hasCorpus } from "./corpus.js";
import { middleLock, timerAndOpen } from "./written-reports.js";

const kernelC = await loadKernelC();
const small = new URL("small/", import.meta.url);
const sceneIn = (text: string): Scene | null => {
  const [report] = readSplats(text);
  return report === undefined ? null : sceneOf(report);
};

function scene(text: string): Scene {
  const made = sceneIn(text);
  if (made === null) throw new Error("no scene");
  return made;
}

const named = (name: string): string => readFileSync(new URL(name, small), "utf8");

describe("a report's scene", () => {
  it("has sleeping locks as sleeping locks, by how they are taken", () => {
    const made = scene(named("E3-transaction.txt"));
    expect(made.locks.map(({ className, kind }) => [className, kind])).toEqual([
      ["sb_internal#2", "rwsem"],
      ["foo-tree-00", "rwsem"],
    ]);
    expect(sourceOf(made)).toContain("down_read(foo_tree_00)");
  });

  it("has a work item as a work item, and who flushes it as one who waits", () => {
    const made = scene(named("F2-queue-item-and-lock.txt"));
    expect(made.waits).toMatchObject([
      { kind: "work", className: "(work_completion)(&foo->work)" },
    ]);
    expect(made.locks.map(({ className }) => className)).toEqual(["&foo->mutex"]);
    expect(sourceOfC(made)).toMatch(
      /mutex_lock\(&foo_mutex\);\n\tflush_work\(&work_completion_foo_work\);/,
    );
    expect(explore(scenarioOfScene(made)).verdict).toBe("deadlock");
  });

  it("reclaims where an allocation is made under a lock that a shrinker takes", () => {
    const made = scene(named("E4-reclaim-of-the-debugging.txt"));
    expect(sourceOf(made)).toMatch(/kmalloc\(\[\n\s+down_write\(foo_lock\)/);
    expect(explore(scenarioOfScene(made)).verdict).toBe("deadlock");
  });

  it("has somebody who writes where all that the report shows are readers", () => {
    const made = scene(named("E3-transaction.txt"));
    expect(made.threads.map(({ name }) => name)).toContain("write_foo_tree_00");
  });
});

describe("a report's scene in C", () => {
  it.each<readonly [string, string]>([
    ["a circle of spinlocks", kernelSplats.none],
    ["an interrupt", timerAndOpen(["lock_acquire", "_raw_spin_lock", "dev_open"])],
    ["an interrupt through a lock between", middleLock],
    ...readdirSync(small)
      .filter((name) => /^(?:E|F|K)\d?.*\.txt$/.test(name))
      .map((name) => [name, named(name)] as const),
  ])("deadlocks as the machine's own words do: %s", (_, text) => {
    const made = sceneIn(text);
    if (made === null) return;
    const result = explore(kernelC(sourceOfC(made)));
    expect(result.verdict).toBe("deadlock");
    expect(explore(scenarioOfScene(made)).verdict).toBe("deadlock");
  });

  it.skipIf(!hasCorpus)("is understood, of every real report", () => {
    const faults = corpus.flatMap(({ name, text }) => {
      const made = sceneIn(text);
      if (made === null) return [];
      try {
        kernelC(sourceOfC(made));
        return [];
      } catch (error) {
        return [`${name}: ${error instanceof Error ? error.message.slice(0, 400) : ""}`];
      }
    });
    expect(faults).toEqual([]);
  });
});
