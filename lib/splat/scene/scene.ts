/**
 * A report as a small machine: threads and interrupt handlers that do what the report tells, to be
 * explored and edited. Every class has one lock, which is the worst that the report can mean; what
 * stands for waiting is a wait.
 */
import type { KernelName } from "../../lockdep/index.js";

/** A kind of lock, by the machine's and the kernel's name. */
export type SceneLockKind = "raw_spinlock" | "spinlock" | "rwlock" | "mutex" | "rwsem";

/** A lock of the scene. */
export interface SceneLock {
  /** Name of the constant in the source. */
  readonly variable: string;
  /** The kernel's name of the class. */
  readonly className: string;
  readonly kind: SceneLockKind;
}

/** What somebody waits for that is no lock: the end of a work item, or a completion. */
export interface SceneWait {
  readonly variable: string;
  /** The kernel's name of the class that stands for it. */
  readonly className: string;
  readonly kind: "work" | "completion";
  /** What the work item does; empty for a completion. */
  readonly steps: readonly SceneStep[];
}

/** One thing that a process does. */
export type SceneStep =
  | {
      readonly op: "lock" | "unlock";
      readonly lock: SceneLock;
      /** For reading, of a lock that has readers. */
      readonly read: boolean;
    }
  | { readonly op: "irq-off" }
  | { readonly op: "irq-on" }
  /** Waits for the end of a work item, or for a completion. */
  | { readonly op: "wait"; readonly wait: SceneWait }
  /** Queues a work item, or completes. */
  | { readonly op: "signal"; readonly wait: SceneWait }
  /** Allocates; where there is no memory reclaim does the steps itself. */
  | { readonly op: "allocate"; readonly steps: readonly SceneStep[] };

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

/** Two locks of one class, one taken under the other. */
export interface Nested {
  readonly outer: SceneLock;
  readonly inner: SceneLock;
  /** Whether the report shows by their addresses that they are two, and not one. */
  readonly areTwo: boolean;
}

/** All of it. */
export interface Scene {
  readonly name: string;
  /** Whose lockdep reported; null where the report does not name its kernel. */
  readonly kernel: KernelName | null;
  readonly cpus: number;
  /** Whether every class has one lock, the worst that a report can mean, or each address, as seen. */
  readonly lockFor: "class" | "address";
  /** The two locks where a class is taken under itself, and not by its address the same one; else null. */
  readonly nested: Nested | null;
  /** Names of threads that the report does not show: readers alone wait for nobody, so that somebody writes, too. */
  readonly writers: readonly string[];
  readonly locks: readonly SceneLock[];
  readonly waits: readonly SceneWait[];
  readonly threads: readonly SceneThread[];
  readonly handlers: readonly SceneHandler[];
}
