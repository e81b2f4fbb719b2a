import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import * as machine from "../../../lib/machine/index.js";
import * as explorer from "../../../lib/explore/index.js";
import { readSplats } from "../../../lib/splat/read/read.js";
import type { CircularSplat } from "../../../lib/splat/report/index.js";
import { scenarioOfScene } from "../../../lib/splat/scene/scenario.js";
import type { Scene } from "../../../lib/splat/scene/scene.js";
import { sceneTimeline } from "../../../lib/splat/scene/scene-timeline.js";
import { sceneOf } from "../../../lib/splat/scene/scene-of.js";
import { sourceOf } from "../../../lib/splat/scene/source.js";
import { corpus, hasCorpus } from "../corpus.js";
import { circleOf } from "../read-report.js";

const { explore } = explorer;

function none(): CircularSplat {
  const file = new URL("../../oracle/kernel-splats/none.txt", import.meta.url);
  return circleOf(readFileSync(file, "utf8"));
}

function famous(): Scene {
  const scene = sceneOf(none());
  if (scene === null) throw new Error("none.txt makes no scene");
  return scene;
}

/** What the last expression of a cell gives. */
function runCell(source: string): unknown {
  const body = source.replace(/^import .*;$/m, "").replace(/\bconst /g, "var ");
  return runInContext(body, createContext({ ...machine, ...explorer }));
}

describe("a report as a scene", () => {
  it("deadlocks when every class has one lock", () => {
    const result = explore(scenarioOfScene(famous()));
    expect(result.verdict).toBe("deadlock");
    expect(result.complete).toBe(true);
    expect(result.violations.deadlock?.schedule).toHaveLength(3);
  });

  it("is safe when one path takes a lock of its own", () => {
    const scene = famous();
    const own = { variable: "own", className: "another", kind: "raw_spinlock" } as const;
    const [first, ...rest] = scene.threads;
    if (first === undefined) throw new Error("no threads");
    const steps = first.steps.map((step, at) =>
      "lock" in step && (at === 1 || at === 2) ? { ...step, lock: own } : step,
    );
    const edited = {
      ...scene,
      locks: [...scene.locks, own],
      threads: [{ ...first, steps }, ...rest],
    };
    expect(explore(scenarioOfScene(edited)).verdict).toBe("safe");
  });

  it("is a cell that says what the scenario says", () => {
    const scene = famous();
    expect(runCell(sourceOf(scene))).toBe(explore(scenarioOfScene(scene)).summary);
  });

  it("holds no text of the report but quoted", () => {
    const lock = none().acquiring;
    if (lock === null) throw new Error("no lock");
    const nasty = { ...lock, name: 'x"); process.exit(1); ("' };
    const scene = sceneOf({
      ...none(),
      kind: "recursive",
      missingNestingNote: true,
      acquiring: nasty,
      holding: nasty,
    });
    if (scene === null) throw new Error("no scene");
    expect(runCell(sourceOf(scene))).toMatch(/deadlock/);
  });

  it("takes for reading what the report takes for reading, and adds a writer that it says is not shown", () => {
    const file = new URL("../small/HA1-taken-twice-for-reading.txt", import.meta.url);
    const [report] = readSplats(readFileSync(file, "utf8"));
    if (report === undefined) throw new Error("no report");
    const scene = sceneOf(report);
    expect(scene?.writers).toEqual(["write_foo_rwsem"]);
    const lines = sceneTimeline(report).join(" ");
    expect(lines.match(/down_\w+/g)).toEqual(["down_read", "down_write", "down_read"]);
    expect(lines).toMatch(/A writer is added, .* that one comes, the report does not show\./);
    expect(sceneOf(none())?.writers).toEqual([]);
  });

  it("is none where the report does not tell the paths", () => {
    expect(sceneOf({ ...none(), kind: "limit" })).toBeNull();
    expect(
      sceneOf({ ...none(), chain: [], chainSummary: [], acquiring: null, holding: null }),
    ).toBeNull();
  });
});

describe.skipIf(!hasCorpus)("real reports, as scenes", () => {
  it("all deadlock, in the worst case, wherever they tell enough", () => {
    const made = corpus.flatMap(({ name, text }) => {
      const [report] = readSplats(text);
      const scene = report === undefined ? null : sceneOf(report);
      return scene === null ? [] : [{ name, scene }];
    });
    const other = made.filter(
      ({ scene }) => explore(scenarioOfScene(scene)).verdict !== "deadlock",
    );
    expect(other.map(({ name }) => name)).toEqual([]);
    console.info(`scenes: ${made.length} of ${corpus.length} reports, all deadlock`);
    expect(made.length).toBeGreaterThan(65);
  });

  it("are cells that run, every eighth tried", () => {
    for (const { name, text } of corpus.filter((_, at) => at % 8 === 0)) {
      const [report] = readSplats(text);
      const scene = report === undefined ? null : sceneOf(report);
      if (scene !== null) expect(runCell(sourceOf(scene)), name).toMatch(/deadlock/);
    }
  });
});
