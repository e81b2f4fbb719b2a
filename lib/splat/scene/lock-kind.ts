/** The kind of a lock and how it is taken, by the stacks of a report, else by its name. */
import { evidenceOf, type Evidence } from "../evidence/evidence.js";
import { allMentions } from "../evidence/lock/mentions.js";
import { innerWait } from "../evidence/lock/narrowest.js";
import { readsOn } from "../evidence/usage/reading.js";
import { primitiveOn } from "../evidence/lock/taking.js";
import { sleepingType } from "../evidence/lock/wait-types.js";
import type { SplatReport, StackFrame } from "../report/index.js";
import type { SceneLockKind } from "./scene.js";

/** What is known of the locks of a report. */
export class LockKinds {
  readonly evidence: Evidence;

  constructor(private readonly report: SplatReport) {
    this.evidence = evidenceOf(report);
  }

  /** The stacks that end in taking a lock of the class. */
  stacksOf(className: string): readonly (readonly StackFrame[])[] {
    const { edges, wanted } = this.evidence;
    return [
      ...edges.filter(({ to }) => to === className).map(({ frames }) => frames),
      ...(wanted?.name === className ? [this.report.backtrace] : []),
    ].filter((frames) => frames.length > 0);
  }

  /** Whether every stack that the report shows takes it for reading. */
  isRead(className: string): boolean {
    const stacks = this.stacksOf(className);
    return stacks.length > 0 && stacks.every(readsOn);
  }

  kindOf(className: string): SceneLockKind {
    for (const frames of this.stacksOf(className)) {
      switch (primitiveOn(frames)) {
        case "mutex":
        case "rt_mutex":
        case "semaphore":
        case "socket lock":
          return "mutex";
        case "rwsem":
          return "rwsem";
        case "rwlock":
          return "rwlock";
        case "spinlock":
          return this.#spinning(className);
        case null:
      }
    }
    if (/rwsem|_sem$|i_mmap|mmap_lock|sb_writers|sb_internal|s_umount|hotplug/.test(className)) {
      return "rwsem";
    }
    const inner = this.#innerOf(className);
    const sleeps = inner > 0 && inner === sleepingType(this.report);
    return sleeps || /mutex|sk_lock|->active|_acquire$/.test(className)
      ? "mutex"
      : this.#spinning(className);
  }

  /** 3 is a spinlock_t where the report shows that 4 sleeps. */
  #spinning(className: string): SceneLockKind {
    const isConfig = this.#innerOf(className) === 3 && sleepingType(this.report) === 4;
    return isConfig ? "spinlock" : "raw_spinlock";
  }

  #innerOf(className: string): number {
    const known = allMentions(this.report).find(
      ({ name, wait }) => name === className && wait !== null,
    );
    return innerWait(known?.wait ?? null);
  }
}
