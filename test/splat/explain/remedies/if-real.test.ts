import { describe, expect, it } from "vitest";
import { explain } from "../../../../lib/splat/explain/explain.js";
import { briefText, explanationText } from "../../../../lib/splat/explain/format/text.js";
import { timelineOf } from "../../../../lib/splat/evidence/timeline.js";
import { readSplats } from "../../../../lib/splat/read/read.js";
import { kernelSplats } from "../../../../lib/splat/samples/index.js";
import { corpus, hasCorpus } from "../../corpus.js";
import { inversion, middleLock, only, timerAndOpen, wound } from "../../written-reports.js";

const opened = ["lock_acquire", "_raw_spin_lock", "dev_open", "__x64_sys_open"];
const mends = (text: string): string => explain(only(text)).ifReal.join("\n");

describe("the mend of a true report", () => {
  it("names the lock, how to take it and the function that holds it with the interrupt on", () => {
    expect(mends(timerAndOpen(opened))).toContain(
      "Take `&dev->lock` with softirqs off, by spin_lock_bh(), in `dev_open`",
    );
    expect(mends(middleLock)).toContain(
      "Take `&f->lock` with hardirqs off, by read_lock_irqsave(), in `wake_all`",
    );
    expect(mends(inversion)).toContain(
      "Take `state_lock` with softirqs off, by spin_lock_bh(), in `dev_teardown`",
    );
  });

  it("names who switched interrupts on under the lock, where nobody took it there", () => {
    const on = ["mark_held_locks", "trace_hardirqs_on", "_raw_spin_unlock_irq", "pm_call"];
    expect(mends(timerAndOpen([...on, "__x64_sys_open"]))).toContain(
      "`pm_call` switches interrupts on, and with them softirqs, by `spin_unlock_irq()`, while `&dev->lock` is held",
    );
    expect(mends(timerAndOpen(opened))).not.toContain("switches");
  });

  it("does not make a sleeping lock safe", () => {
    const sleeping = ["lock_acquire", "__mutex_lock", "dev_open", "__x64_sys_open"];
    expect(mends(timerAndOpen(sleeping))).toMatch(/`&dev->lock` sleeps, so it cannot be taken/);
  });

  it("does not make a spinlock of a mutex that waits where nothing may", () => {
    const mutex = kernelSplats.novalidate.replace(/&dev->mutex/g, "&dev->lock");
    expect(mends(mutex)).not.toContain("raw_spinlock_t");
    expect(mends(mutex.replace(/\{4:4\}/g, "{3:3}"))).toContain("raw_spinlock_t");
  });

  it("tells a class that is not its lock's, as that of all locks without validation", () => {
    expect(mends(kernelSplats.novalidate)).toMatch(
      /is the class of a mutex, and a spinlock took it/,
    );
  });

  it("of a circle names the new edge and its places, and what is waited for is no lock", () => {
    const other = kernelSplats.none.replace(/pi_wakeup_handler/g, "another_path");
    expect(mends(other)).toMatch(
      /The new one: in `another_path` `&p->pi_lock` is taken under .*, which was taken in `another_path`/,
    );
    expect(mends(other)).not.toContain("is no lock");
    const work = other.replace(/&p->pi_lock/g, "(work_completion)(&d->work)");
    const flushed = mends(work);
    expect(flushed).toContain("`(work_completion)(&d->work)` is waited for under");
    const [named] = explain(only(work)).suspects;
    expect(named?.is).toMatch(/^`\(work_completion\)\(&d->work\)` is no lock/);
  });

  it("of a ww_mutex is its open context, without which it is that of any recursion", () => {
    expect(mends(wound)).toMatch(/\(`buffer_ww_class_acquire` is held\): pass that ww_acquire_ctx/);
    const none = mends(wound.replace("ww_class_acquire)", "other_lock)"));
    expect(none).not.toContain("ww_acquire_ctx");
    expect(none).toMatch(/^Release the first, which was taken in `exec_pin`, before the second/);
  });

  it.skipIf(!hasCorpus)("is given for every real report that is about the code that ran", () => {
    for (const { name, text } of corpus) {
      for (const report of readSplats(text)) {
        const { ifReal, known } = explain(report);
        const about = !["limit", "bfs-error"].includes(report.kind);
        if (about && known.length === 0) expect(ifReal.length, name).toBeGreaterThan(0);
        expect(ifReal.join(), name).not.toMatch(/undefined|null|``|`\?`/);
      }
    }
  });
});

describe("interrupt reports", () => {
  it("finish the scenario with the wait that the kernel's table leaves out", () => {
    const report = only(middleLock);
    const added = timelineOf(report)?.steps.filter((step) => step.added);
    expect(added).toMatchObject([
      { cpu: 1, lock: "&f->lock", waitsFor: 0, holds: ["&d->lock", "&c->lock"] },
    ]);
    expect(explain(report).mustMeet).toContain("CPU 1 waits for `&f->lock`, which CPU 0 holds");
    expect(timelineOf(only(inversion))?.steps.some((step) => step.added)).toBe(false);
  });

  it("say of readers alone that a writer must come between them", () => {
    const writer = /`&f->lock` has usage characters of readers alone.*only if a writer queues/;
    expect(explain(only(middleLock)).mustMeet.join("\n")).toMatch(writer);
    const written = middleLock.replace(/\.\+\.\+/g, "++++");
    expect(explain(only(written)).mustMeet.join("\n")).not.toContain("writer");
  });

  it("name two classes where there are two", () => {
    const [first] = explain(only(middleLock)).questions;
    expect(first?.why).toMatch(/^`&d->lock` is taken in a hardirq and `&f->lock` with hardirqs on/);
    const [same] = explain(only(timerAndOpen(opened))).questions;
    expect(same?.why).toMatch(/^The class was seen taken in a softirq and with softirqs on/);
  });

  it("translate every state, and say how the lock is taken now", () => {
    expect(explain(only(timerAndOpen(opened))).who.slice(0, 2)).toEqual([
      "swapper/2/0 takes `&dev->lock` in `dev_timer`, in a softirq.",
      "Earlier the class was taken with softirqs on (SOFTIRQ-ON-W), on `dev_open` (system call).",
    ]);
    expect(explain(only(inversion)).who[0]).toMatch(/in `dev_teardown`, with softirqs on for the/);
  });

  it("look through the tracer's return trampoline", () => {
    const traced = timerAndOpen(opened).replace("at: dev_timer+", "at: return_to_handler+");
    expect(explain(only(traced)).who[0]).toContain("in `dev_timer`");
  });
});

describe("the posted-interrupt report", () => {
  it("is recognised, with its merged mend, and not called real", () => {
    const { known, ifReal } = explain(only(kernelSplats.none));
    expect(known.join(" ")).toMatch(/false positive.*c0b8dcabb2cd/);
    expect(ifReal).toEqual([]);
  });

  it("is not taken for another circle through the same locks", () => {
    const other = kernelSplats.none.replace(/pi_wakeup_handler/g, "another_path");
    expect(explain(only(other)).known).toEqual([]);
    expect(explain(only(other)).ifReal.length).toBeGreaterThan(0);
    expect(explain(only(kernelSplats.novalidate)).known).toEqual([]);
  });

  it("is not said to come from an init function because the boot thread began in one", () => {
    const asks = explain(only(kernelSplats.none)).questions.map(({ ask }) => ask);
    expect(asks.join()).not.toContain("set up");
    const probed = kernelSplats.none.replace(/wake_up_new_task/g, "dev_probe");
    expect(
      explain(only(probed))
        .questions.map(({ ask }) => ask)
        .join(),
    ).toContain("set up");
  });
});

describe("the words of an explanation", () => {
  it("tell each annotation once", () => {
    const text = explanationText(explain(only(middleLock)));
    expect(text.match(/gives locks with different roles/g)).toHaveLength(1);
    expect(text).toContain("lockdep_set_class(), lockdep_register_key(): as above.");
  });

  it("put what to do before the details, and the short form has a third of the words", () => {
    const explanation = explain(only(middleLock));
    const [long, short] = [explanationText(explanation), briefText(explanation)];
    expect(long.indexOf("If it is real")).toBeLessThan(long.indexOf("What taught lockdep"));
    expect(short).toContain("in wake_all");
    expect(short.split(/\s+/).length).toBeLessThan(long.split(/\s+/).length / 3);
  });

  it("break no name where there is room for it", () => {
    const long = timerAndOpen(opened).replace(/&dev->lock/g, "&local->queue_stop_reason_lock");
    const columns = explanationText(explain(only(long))).split("Side by side")[1];
    expect(columns).toMatch(/^ {2}takes &local->queue_stop_reason_lock(?: |$)/m);
  });

  it("claim no more than lockdep does", () => {
    const text = explanationText(explain(only(middleLock)));
    expect(text).toContain("made up from the classes");
    expect(text).not.toMatch(/refused|stops it|In this order/);
  });
});
