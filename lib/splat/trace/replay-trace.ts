/** A trace of locks run again through the lab's lockdep, with all that stood behind each edge. */
import { Lockdep, type Report } from "../../lockdep/index.js";
import type { Fact } from "../../primitives/event.js";
import type { LockMap } from "../../primitives/lock.js";
import { CpuContexts } from "./contexts.js";
import { EdgeBook, type TraceEdge } from "./edges.js";
import type { HeldInTrace, LockTrace, TraceEvent } from "./event.js";

/** What a trace tells of orders. */
export interface TraceReplay {
  readonly edges: readonly TraceEdge[];
  /** What the lab's lockdep said first, or null. */
  readonly report: Report | null;
  readonly acquisitions: number;
  readonly locks: number;
  readonly tasks: number;
  /** What the trace does not tell, so that the answer says less than it seems to. */
  readonly notes: readonly string[];
}

const mostSubclasses = 8;

/**
 * Runs a trace through the lab's lockdep.
 *
 * The events have a lock's address and the name of its class, and nothing of keys and subclasses:
 * locks of one name count as one class, and a lock that is taken while one of its name is held
 * counts as annotated for nesting, so that nothing is reported of that.
 *
 * @param trace as `readLockTrace()` gives it
 */
export function replayTrace(trace: LockTrace): TraceReplay {
  const run = new Run();
  const gaps = trace.lost.map(({ line }) => line);
  for (const event of trace.events) {
    while ((gaps[0] ?? Infinity) < event.line) {
      gaps.shift();
      run.forget();
    }
    run.take(event);
  }
  return run.result(trace);
}

class Run {
  readonly #lockdep = new Lockdep();
  readonly #book = new EdgeBook();
  readonly #cpus = new Map<number, CpuContexts>();
  readonly #held = new Map<string, HeldInTrace[]>();
  readonly #tasks = new Map<string, number>();
  readonly #locks = new Set<string>();
  #acquisitions = 0;
  #unknownReleases = 0;

  take(event: TraceEvent): void {
    const cpu = this.#cpus.get(event.cpu) ?? new CpuContexts();
    this.#cpus.set(event.cpu, cpu);
    for (const fact of cpu.before(event)) this.#feed(event, fact);
    if (event.kind === "acquire") this.#acquire(event, cpu.depth);
    else if (event.kind === "release") this.#release(event);
  }

  /** What is held after a gap is not known. */
  forget(): void {
    for (const [who, held] of this.#held) {
      const task = this.#tasks.get(who) ?? 0;
      for (const lock of [...held].reverse()) {
        this.#lockdep.feed({ kind: "release", map: mapOf(lock), cpu: 0, task, stack: [] });
      }
    }
    this.#held.clear();
  }

  result({ events, lost, unread }: LockTrace): TraceReplay {
    const flags = events.some((event) => event.flags !== null);
    const irqs = events.some(({ kind }) => kind === "enter" || kind === "irqs");
    const stacks = events.some(({ frames }) => frames.length > 0);
    const hidden = events.some((event) => "address" in event && event.address.startsWith("("));
    const count = lost.reduce((sum, each) => sum + (each.count ?? 0), 0);
    return {
      edges: this.#book.edges(),
      report: this.#lockdep.reports[0] ?? null,
      acquisitions: this.#acquisitions,
      locks: this.#locks.size,
      tasks: this.#tasks.size,
      notes: [
        ...(flags || irqs
          ? []
          : [
              "The trace does not say what runs in interrupts: record irq:*, irq_vectors:* and preemptirq:* too, or read ftrace's own file.",
            ]),
        ...(stacks ? [] : ["The trace has no stacks: record with perf record -g, or with -T."]),
        ...(hidden ? ["The addresses are hidden: one lock cannot be told from another."] : []),
        ...(lost.length === 0
          ? []
          : [
              `The tracer lost events${count === 0 ? "" : ` (${String(count)})`}: what was held before a gap is forgotten.`,
            ]),
        ...(this.#unknownReleases === 0
          ? []
          : [
              `${String(this.#unknownReleases)} releases are of locks that were taken before the trace began, or in a gap.`,
            ]),
        ...(unread.length === 0
          ? []
          : [
              `${String(unread.length)} lock events were not understood; line ${String(unread[0]?.line ?? 0)}: ${unread[0]?.text ?? ""}`,
            ]),
      ],
    };
  }

  #acquire(event: Extract<TraceEvent, { kind: "acquire" }>, depth: number): void {
    const held = this.#heldBy(event);
    const same = held.filter(({ name }) => name === event.name);
    const again = same.some(({ address }) => address === event.address);
    const lock: HeldInTrace = {
      address: event.address,
      name: event.name,
      subclass: again ? 0 : Math.min(same.length, mostSubclasses - 1),
      trylock: event.trylock,
      depth,
      frames: event.frames,
    };
    this.#acquisitions++;
    this.#locks.add(`${event.address}\n${event.name}`);
    if (!event.trylock) this.#note(event, held, lock);
    this.#feed(event, {
      kind: "acquire",
      map: mapOf(lock),
      subclass: lock.subclass,
      trylock: event.trylock,
      read: event.read ? (again ? 2 : 1) : 0,
      check: true,
      nestLock: null,
    });
    held.push(lock);
  }

  /** As `check_prevs_add()`: back to the last that was waited for, within one context. */
  #note(event: TraceEvent, held: readonly HeldInTrace[], lock: HeldInTrace): void {
    for (const outer of [...held].reverse()) {
      if (outer.depth !== lock.depth) return;
      this.#book.add(event, outer, lock, held);
      if (!outer.trylock) return;
    }
  }

  #release(event: Extract<TraceEvent, { kind: "release" }>): void {
    const held = this.#heldBy(event);
    const at = held.findLastIndex(({ address }) => address === event.address);
    const lock = held[at];
    if (lock === undefined) {
      this.#unknownReleases++;
      return;
    }
    held.splice(at, 1);
    this.#feed(event, { kind: "release", map: mapOf(lock) });
  }

  #heldBy(event: TraceEvent): HeldInTrace[] {
    const who = whoOf(event);
    const held = this.#held.get(who) ?? [];
    this.#held.set(who, held);
    return held;
  }

  #feed(event: TraceEvent, fact: Fact): void {
    const who = whoOf(event);
    const known = this.#tasks.get(who);
    const task = known ?? this.#tasks.size;
    const place = {
      cpu: event.cpu,
      task,
      stack: event.frames.flatMap(({ symbol }) => (symbol === null ? [] : [symbol])),
    };
    if (known === undefined) {
      this.#tasks.set(who, task);
      this.#lockdep.name_task(task, event.comm, event.pid);
      // Traces do not say whether softirqs are on: off, no lock counts as held with them on.
      this.#lockdep.feed({ kind: "softirqs", on: false, ...place });
      this.#lockdep.feed({ kind: "hardirqs", on: false, ...place });
    }
    this.#lockdep.feed({ ...fact, ...place });
  }
}

/** Every CPU has an idle task of its own, all with the pid 0. */
const whoOf = ({ pid, cpu }: TraceEvent): string =>
  pid === 0 ? `idle ${String(cpu)}` : String(pid);

const mapOf = ({ address, name }: Pick<HeldInTrace, "address" | "name">): LockMap => ({
  id: `${address} ${name}`,
  name,
  key: name,
  waitInner: 0,
});
