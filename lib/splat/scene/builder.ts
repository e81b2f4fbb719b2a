/** Puts scenes together: names that are used once, locks of the right kind, threads. */
import { kernelOf } from "../program/kernel.js";
import type { SplatReport } from "../report/index.js";
import { identifier } from "./identifier.js";
import { LockKinds } from "./lock-kind.js";
import type { Scene, SceneHandler, SceneLock, SceneStep, SceneThread, SceneWait } from "./scene.js";

/** A scene that grows. */
export class SceneBuilder {
  readonly kinds: LockKinds;
  readonly #locks = new Map<string, SceneLock>();
  readonly #waits: SceneWait[] = [];
  readonly #names = new Set<string>();

  constructor(private readonly report: SplatReport) {
    this.kinds = new LockKinds(report);
  }

  /**
   * The lock of a class.
   *
   * @param instance another lock of the same class for another number
   * @param spinning where it is taken in an interrupt, or with interrupts off
   */
  lock(className: string, instance = 0, spinning = false): SceneLock {
    const key = `${className}\n${instance}`;
    const known = this.#locks.get(key);
    if (known !== undefined) return known;
    const kind = this.kinds.kindOf(className);
    const lock: SceneLock = {
      variable: this.unique(className),
      className,
      kind: spinning && (kind === "mutex" || kind === "rwsem") ? "raw_spinlock" : kind,
    };
    this.#locks.set(key, lock);
    return lock;
  }

  wait(className: string, kind: SceneWait["kind"], steps: readonly SceneStep[]): SceneWait {
    const wait: SceneWait = { variable: this.unique(className), className, kind, steps };
    this.#waits.push(wait);
    return wait;
  }

  /** Takes locks, the outermost first, does something, and releases them. */
  nest(
    locks: readonly SceneLock[],
    inside: readonly SceneStep[] = [],
    reads: (lock: SceneLock) => boolean = () => false,
  ): readonly SceneStep[] {
    const on = locks.map((lock) => ({ op: "lock", lock, read: reads(lock) }) as const);
    const off = [...locks]
      .reverse()
      .map((lock) => ({ op: "unlock", lock, read: reads(lock) }) as const);
    return [...on, ...inside, ...off];
  }

  thread(name: string, cpu: number, steps: readonly SceneStep[]): SceneThread {
    return { name: this.unique(name), cpu, steps };
  }

  /** Whether a lock has readers, and the report shows it taken by them alone. */
  readonly reads = (lock: SceneLock): boolean =>
    (lock.kind === "rwsem" || lock.kind === "rwlock") && this.kinds.isRead(lock.className);

  /** Somebody who writes where all others read, on CPUs from a number on. */
  writersOf(locks: Iterable<SceneLock>, cpu: number): readonly SceneThread[] {
    return [...locks]
      .filter(this.reads)
      .map((lock, k) => this.thread(`write_${lock.variable}`, cpu + k, this.nest([lock])));
  }

  handler(context: SceneHandler["context"], steps: readonly SceneStep[]): SceneHandler {
    return { name: this.unique(`${context}_handler`), context, steps };
  }

  unique(text: string): string {
    const name = identifier(text);
    let own = name;
    for (let n = 2; this.#names.has(own); n++) own = `${name}_${n}`;
    this.#names.add(own);
    return own;
  }

  scene(
    threads: readonly SceneThread[],
    handlers: readonly SceneHandler[] = [],
    known: Partial<Pick<Scene, "lockFor" | "nested" | "writers">> = {},
  ): Scene {
    return {
      name: this.report.headline.replace(/^(?:\[ )?\w+: | \]$/g, ""),
      kernel: this.report.kernel === null ? null : kernelOf(this.report),
      cpus: Math.max(1, ...threads.map(({ cpu }) => cpu + 1)),
      lockFor: known.lockFor ?? "class",
      nested: known.nested ?? null,
      writers: known.writers ?? [],
      locks: [...this.#locks.values()],
      waits: this.#waits,
      threads,
      handlers,
    };
  }
}
