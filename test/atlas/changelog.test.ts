import { describe, expect, it } from "vitest";
import { changelogTimeline } from "../../lib/explore/index.js";
import { rowsOf } from "../../lib/explore/changelog/rows.js";
import { whatMatters } from "../../lib/explore/changelog/matters.js";
import { untilAllStand } from "../../lib/explore/counterexample/until-all-stand.js";
import { replay } from "../../lib/machine/index.js";
import { waitedFor } from "../../lib/machine/waits/index.js";
import { type Found, ofAtlas, ofKvm, ofStories } from "../explore/changelog/of.js";

const all: readonly Found[] = [...ofStories(), ...(await ofAtlas()), ...(await ofKvm())];
const deadlocks = all.filter(({ property }) => property === "deadlock");
const textOf = ({ model, schedule }: Found): readonly string[] =>
  changelogTimeline(model, schedule);

describe("a timeline for a changelog", () => {
  it("is made of everything that goes wrong in the stories, the atlas and the KVM case", () => {
    expect(all.length).toBeGreaterThan(90);
    expect(all.filter((found) => textOf(found).length < 4).map(({ name }) => name)).toEqual([]);
  });

  it("has no line of more than 72 columns, and no blank at an end", () => {
    const wide = all.flatMap((found) =>
      textOf(found).filter((line) => line.length > 72 || /\s$/.test(line)),
    );
    expect(wide).toEqual([]);
  });

  it("speaks of no step that it does not show", () => {
    const missing = all.flatMap((found) => {
      const lines = textOf(found);
      const blank = lines.indexOf("");
      const spoken = lines.slice(0, blank).join(" ").match(/#\d+/g) ?? [];
      const shown = lines
        .slice(blank)
        .flatMap((line) => /^ {4}(\d+) /.exec(line)?.[1] ?? [])
        .map((number) => `#${number}`);
      return spoken.filter((number) => !shown.includes(number)).map((n) => `${found.name} ${n}`);
    });
    expect(missing).toEqual([]);
  });

  it("numbers its rows from 1 in the order in which they happen, and the waits last", () => {
    for (const { model, schedule } of all) {
      const trace = replay(model, untilAllStand(model.scenario, schedule));
      const { rows } = rowsOf(trace, whatMatters(trace));
      expect(rows.map(({ number }) => number)).toEqual(rows.map((_, i) => i + 1));
      const done = rows.flatMap(({ step }) => step ?? []);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(rows.slice(done.length).every(({ waits, step }) => waits && step === null)).toBe(true);
    }
  });
});

describe("the timeline of a deadlock", () => {
  it("has everybody who waits for somebody who stands: each has a row", () => {
    const alone = deadlocks.flatMap((found) => {
      const trace = replay(found.model, untilAllStand(found.model.scenario, found.schedule));
      const { standing } = whatMatters(trace);
      const known = new Set(standing.map(({ process }) => process));
      const others = standing.flatMap((one) => waitedFor(trace, one));
      const going = others.filter((number) => {
        const { slot = 0, leaving = [] } = found.model.processes[number] ?? {};
        return !known.has(number) && (leaving[trace.final[slot] ?? 0] ?? []).length > 0;
      });
      return going.map((number) => `${found.name}: ${found.model.processes[number]?.name ?? "?"}`);
    });
    // An idle worker, or a loop that goes on forever.
    expect(alone).toMatchInlineSnapshot(`
      [
        "flush-behind: kworker/second",
        "m3: swapper1",
        "m8: swapper0",
        "m8: swapper1",
      ]
    `);
  });

  it("numbers the acquisition of each lock that somebody waits for", () => {
    for (const { name, model, schedule } of deadlocks) {
      const trace = replay(model, untilAllStand(model.scenario, schedule));
      const matters = whatMatters(trace);
      for (const { process, label, next } of matters.standing) {
        const wanted = (next?.facts ?? []).flatMap(({ fact }) =>
          fact.kind === "locked" ? [fact.lock.variable] : [],
        );
        if (wanted.length === 0) continue;
        const taken = matters.steps.some((step) =>
          (trace.steps[step]?.transition.facts ?? []).some(
            ({ fact }) =>
              (fact.kind === "locked" || fact.kind === "acquire") &&
              wanted.includes(fact.lock.variable),
          ),
        );
        expect(taken, `${name}: ${model.processes[process]?.name ?? "?"} ${label}`).toBe(true);
      }
    }
  });

  it("has no step that nobody waits for, but for the arrival of an interrupt and what a test went by", () => {
    const idle = deadlocks.flatMap((found) => {
      const trace = replay(found.model, untilAllStand(found.model.scenario, found.schedule));
      const matters = whatMatters(trace);
      const { rows } = rowsOf(trace, matters);
      const wanted = new Set(
        matters.standing.flatMap(({ reason }) =>
          reason.kind === "held" || reason.kind === "off-cpu" ? reason.steps : [],
        ),
      );
      const extra = rows.filter(
        ({ step, waits, arrival }) => step !== null && !waits && !arrival && !wanted.has(step),
      );
      return extra.map(({ text }) => `${found.name}: ${text}`);
    });
    expect(idle).toMatchInlineSnapshot(`
      [
        "wakeup: if (!condition)",
        "wakeup: condition = 1;",
        "wakeup: wake_up_process();",
        "wakeup: set_current_state(TASK_UNINTERRUPTIBLE);",
        "wait-queue: if (!ready)",
        "wait-queue: ready = 1;",
        "wait-queue: wake_up(&dev->wq);",
        "wait-queue: prepare_to_wait(&dev->wq);",
        "lost-wakeup, as it is: if (!READ_ONCE(condition))",
        "lost-wakeup, as it is: WRITE_ONCE(condition, true);",
        "lost-wakeup, as it is: wake_up_process(task);",
        "lost-wakeup, as it is: set_current_state(TASK_UNINTERRUPTIBLE);",
        "btrfs-subpage, as it is: WRITE_ONCE(writeback, false);",
        "btrfs-subpage, as it is: if (READ_ONCE(writeback))",
        "btrfs-subpage, tree-inside-refs: WRITE_ONCE(writeback, false);",
        "btrfs-subpage, tree-inside-refs: if (READ_ONCE(writeback))",
        "btrfs-subpage, irq-off + tree-inside-refs: WRITE_ONCE(writeback, false);",
        "btrfs-subpage, irq-off + tree-inside-refs: if (READ_ONCE(writeback))",
      ]
    `);
  });
});
