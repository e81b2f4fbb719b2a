/**
 * A report as a small machine: threads and interrupt handlers that do what the report tells, to
 * be explored and edited. Every class has one lock, which is the worst that the report can mean.
 */
import type {
  CircularSplat,
  InconsistentSplat,
  InversionSplat,
  RecursiveSplat,
  SafeUnsafeSplat,
  SomeParts,
  SplatReport,
} from "../report/index.js";
import type { SplatEdge } from "../evidence/edge.js";
import { edgesOf } from "../evidence/edges.js";
import { foldStack } from "../stacks/fold-stack.js";

/** A lock of the scene. */
export interface SceneLock {
  /** Name of the constant in the source. */
  readonly variable: string;
  /** The kernel's name of the class. */
  readonly className: string;
  readonly kind: "raw_spinlock" | "mutex";
}

/** One thing that a process does. */
export type SceneStep =
  | { readonly op: "lock" | "unlock"; readonly lock: SceneLock; readonly subclass: number }
  | { readonly op: "irq-off" }
  | { readonly op: "irq-on" };

/** A thread with a CPU of its own. */
export interface SceneThread {
  readonly name: string;
  readonly cpu: number;
  readonly steps: readonly SceneStep[];
}

/** An interrupt handler; the interrupt may come at any moment, once, on CPU 0. */
export interface SceneHandler {
  readonly name: string;
  readonly context: "hardirq" | "softirq";
  readonly steps: readonly SceneStep[];
}

/** All of it. */
export interface Scene {
  readonly name: string;
  readonly cpus: number;
  readonly locks: readonly SceneLock[];
  readonly threads: readonly SceneThread[];
  readonly handlers: readonly SceneHandler[];
}

/** A report as a scene, or null where it does not tell who takes what under what. */
export function sceneOf(report: SplatReport): Scene | null {
  const builder = new SceneBuilder(report);
  switch (report.kind) {
    case "circular":
      return builder.circle(report);
    case "recursive":
      return builder.twice(report);
    case "inconsistent":
      return builder.interrupted(report);
    case "irq-inversion":
    case "irq-safe-unsafe":
      return builder.inverted(report);
    default:
      return null;
  }
}

const sleeping = /mutex|down_|rwsem|completion|wait_for|percpu|lock_sock|(?:wq|work)_/;

class SceneBuilder {
  private readonly locks = new Map<string, SceneLock>();
  private readonly names = new Set<string>();

  constructor(private readonly report: SplatReport) {}

  /** Every edge on a CPU of its own. */
  circle(report: CircularSplat): Scene | null {
    const edges = edgesOf(report);
    if (edges.length < 2) return null;
    const threads = edges.map((edge, cpu) => this.edgeThread(edge, cpu));
    return this.scene(threads, []);
  }

  /** One class twice: the same lock by its address, or two that nothing orders. */
  twice({ acquiring, holding }: RecursiveSplat): Scene | null {
    if (acquiring === null || holding === null) return null;
    const name = acquiring.name;
    const outer = this.lock(name, 0);
    if (acquiring.addr === holding.addr) {
      return this.scene([this.thread("this_task", 0, this.nest(outer, outer))], []);
    }
    const inner = this.lock(name, 1);
    return this.scene(
      [
        this.thread("this_task", 0, this.nest(outer, inner)),
        this.thread("the_other_order", 1, this.nest(inner, outer)),
      ],
      [],
    );
  }

  /** A task that holds the lock with the interrupt on, and the interrupt. */
  interrupted({ acquiring, usageFrom, usageTo }: InconsistentSplat): Scene | null {
    const used = [usageFrom, usageTo].find((state) => (state ?? "").startsWith("IN-"));
    const context = contextOf(used ?? null);
    if (acquiring === null || context === null) return null;
    const lock = this.lock(acquiring.name, 0, true);
    const take = this.take([lock]);
    return this.scene([this.thread("task", 0, take)], [this.handler(context, take)]);
  }

  /** The interrupt takes the safe lock; its holder waits for the one that it interrupted. */
  inverted(report: InversionSplat | SafeUnsafeSplat): Scene | null {
    const { acquiring, irqClass } = report;
    const { connectsSafe, connectsUnsafe, other }: SomeParts = report;
    const took = other?.direction === "took";
    const safe = connectsSafe?.lock.name ?? (took ? acquiring?.name : other?.lock.name);
    const unsafe = connectsUnsafe?.lock.name ?? (took ? other.lock.name : acquiring?.name);
    const context = contextOf(irqClass);
    if (safe === undefined || unsafe === undefined || context === null) return null;
    const edges = edgesOf(report);
    const path = edges.length > 0 ? edges : [{ from: safe, to: unsafe, frames: [] }];
    const chains = path.map(({ from, to }, at) => {
      const steps = this.nest(this.lock(from, 0, true), this.lock(to, 0, true));
      return this.thread(`path_${at + 1}`, at + 1, [{ op: "irq-off" }, ...steps, { op: "irq-on" }]);
    });
    const task = this.thread("task", 0, this.take([this.lock(unsafe, 0, true)]));
    const handler = this.handler(context, this.take([this.lock(safe, 0, true)]));
    return this.scene([task, ...chains], [handler]);
  }

  private edgeThread({ from, to, frames }: SplatEdge, cpu: number): SceneThread {
    const { functions } = foldStack(frames);
    const steps = this.nest(this.lock(from, 0), this.lock(to, 0));
    // A helper that only takes the lock says less than who calls it.
    const name = functions.find((each) => !each.includes("lock")) ?? functions[0];
    return this.thread(name ?? `path_${cpu + 1}`, cpu, steps);
  }

  private lock(className: string, instance: number, spinning = false): SceneLock {
    const key = `${className}\n${instance}`;
    const known = this.locks.get(key);
    if (known !== undefined) return known;
    const lock: SceneLock = {
      variable: this.unique(identifier(className)),
      className,
      kind: !spinning && this.sleeps(className) ? "mutex" : "raw_spinlock",
    };
    this.locks.set(key, lock);
    return lock;
  }

  /** By how the report shows it taken, or by its name. */
  private sleeps(className: string): boolean {
    const { chain }: SomeParts = this.report;
    const link = chain?.find(({ lock }) => lock.name === className);
    const taken = link === undefined ? null : foldStack(link.frames).acquire;
    return sleeping.test(taken ?? className);
  }

  private take(locks: readonly SceneLock[]): readonly SceneStep[] {
    const on = locks.map((lock) => ({ op: "lock", lock, subclass: 0 }) as const);
    const off = [...locks].reverse().map((lock) => ({ op: "unlock", lock, subclass: 0 }) as const);
    return [...on, ...off];
  }

  private nest(outer: SceneLock, inner: SceneLock): readonly SceneStep[] {
    return this.take([outer, inner]);
  }

  private thread(name: string, cpu: number, steps: readonly SceneStep[]): SceneThread {
    return { name: this.unique(identifier(name)), cpu, steps };
  }

  private handler(context: SceneHandler["context"], steps: readonly SceneStep[]): SceneHandler {
    return { name: this.unique(`${context}_handler`), context, steps };
  }

  private unique(name: string): string {
    let own = name;
    for (let n = 2; this.names.has(own); n++) own = `${name}_${n}`;
    this.names.add(own);
    return own;
  }

  private scene(threads: readonly SceneThread[], handlers: readonly SceneHandler[]): Scene {
    const cpus = Math.max(1, ...threads.map(({ cpu }) => cpu + 1));
    return {
      name: this.report.headline.replace(/^(?:\[ )?\w+: | \]$/g, ""),
      cpus,
      locks: [...this.locks.values()],
      threads,
      handlers,
    };
  }
}

function contextOf(words: string | null): SceneHandler["context"] | null {
  if (words === null) return null;
  return /HARDIRQ/i.test(words) ? "hardirq" : /SOFTIRQ/i.test(words) ? "softirq" : null;
}

/** A name of the source from a name of the kernel. */
function identifier(name: string): string {
  const words = name
    .replace(/\W+/g, "_")
    .replace(/_{2,}/g, "_")
    .replace(/^_+|_+$/g, "");
  const own = /^[A-Za-z]/.test(words) ? words : `lock_${words}`;
  return reserved.has(own) ? `${own}_` : own;
}

const reserved = new Set([
  "lock",
  "mutex",
  "spinlock",
  "thread",
  "scenario",
  "new",
  "delete",
  "default",
  "function",
  "var",
  "let",
  "const",
  "class",
  "hardirq",
  "softirq",
  "device",
]);
