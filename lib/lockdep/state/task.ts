/**
 * What lockdep keeps per task and per CPU: the stack of held locks and the state of interrupts.
 *
 * Follows `struct held_lock`, the lockdep members of `struct task_struct` and the per-CPU
 * `hardirqs_enabled` and `hardirq_context` of include/linux/irqflags.h.
 */
import type { ReadMode } from "../../primitives/event.js";
import type { ChainNode } from "./chain.js";
import type { LockClass } from "./class.js";
import type { LockdepMap } from "./map.js";
import type { Stack } from "../report/report.js";

/** Added to a wait type that counts whatever the context allows. */
export const WAIT_OVERRIDDEN = 8;

/** `struct held_lock`: made once per depth and filled anew by each acquisition. */
export class HeldLock {
  nestLock: LockdepMap | null = null;
  irqContext = 0;
  trylock = false;
  read: ReadMode = 0;
  check = true;
  sync = false;
  hardirqsOff = false;
  references = 0;
  pinCount = 0;
  /**
   * The longest wait that this lock and those below it in its context allow; with WAIT_OVERRIDDEN
   * where one of them is an annotation that overrides what the context itself allows.
   */
  waitAllowed = 5;

  constructor(
    public lockClass: LockClass,
    public instance: LockdepMap,
    public acquireIp: Stack,
    public prevChain: ChainNode,
  ) {}
}

/** When interrupts were last switched, and where. */
export interface SwitchTrace {
  event: number;
  at: Stack;
}

const never = (): SwitchTrace => ({ event: 0, at: [] });

/** The lockdep part of `struct task_struct`. */
export class Task {
  /** The first `depth` entries are held, outermost first. */
  readonly held: HeldLock[] = [];
  depth = 0;
  /** `lockdep_off()` nests. */
  recursion = 0;
  softirqsEnabled = true;
  softirqContext = 0;
  /** `softirq_count()`: two for each `local_bh_disable()`. */
  softirqCount = 0;
  /** The handler would run in a thread on PREEMPT_RT. */
  hardirqThreaded = false;
  /** `current->irq_config`: a hrtimer, a posix timer or irq_work that PREEMPT_RT defers. */
  irqConfig = false;
  irqEvents = 0;
  readonly hardirqEnable = never();
  readonly hardirqDisable = never();
  readonly softirqEnable = never();
  readonly softirqDisable = never();

  constructor(
    readonly id: number,
    public comm: string,
    public pid: number,
    /** The chain of the locks held: `curr_chain_key`. */
    public chain: ChainNode,
  ) {}

  /** The locks held, outermost first. */
  locks(): HeldLock[] {
    return this.held.slice(0, this.depth);
  }
}

/** The per-CPU part. */
export class Cpu {
  /** What the CPU itself has, which lockdep is not told of in an NMI. */
  irqsDisabled = false;
  hardirqsEnabled = true;
  hardirqContext = 0;
  /** How many NMIs are being served, and whether interrupts were disabled where each came. */
  nmis = 0;
  readonly interruptedByNmi: boolean[] = [];

  constructor(readonly id: number) {}
}

/** Bit 0: taken in a softirq; bit 1: taken in a hardirq. */
export const IRQ_CONTEXT_SOFTIRQ = 1;
export const IRQ_CONTEXT_HARDIRQ = 2;
