/** A lab program made from a report: what must happen for lockdep to say the same again. */
import type { KernelName } from "../../lockdep/index.js";
import type { Event } from "../../primitives/event.js";
import type { LockMap } from "../../primitives/lock.js";

/** One thing that some task did, as far as the report tells it. */
export interface SplatPath {
  /** What it does, in words: `&rq->__lock, then &p->pi_lock`. */
  readonly title: string;
  /** `learnt`: lockdep knew it before; `now`: the step that made it speak. */
  readonly when: "learnt" | "now";
  /** `CPU` and `task` numbers are the path's own: each path runs apart from the others. */
  readonly events: readonly Event[];
}

/** What of the report went into the program; each can be left out where it stands in the way. */
export interface Fidelity {
  /** The usage bits of every lock, each by an acquisition in its context. */
  readonly usage: boolean;
  /** The wait types as printed; else they are not checked. */
  readonly waits: boolean;
  /** Readers where the stacks show readers; else every lock is taken exclusively. */
  readonly readers: boolean;
}

/** A report as a program. */
export interface SplatProgram {
  readonly name: string;
  /** The kernel whose lockdep said it. */
  readonly kernel: KernelName;
  readonly locks: readonly LockMap[];
  /** In the order in which they run. */
  readonly paths: readonly SplatPath[];
  /** The task that the report names, for the path of the last step. */
  readonly comm: string;
  readonly pid: number;
  readonly fidelity: Fidelity;
}

/** Why a report cannot be made a program. */
export interface NoProgram {
  readonly ok: false;
  readonly reason: string;
}

/** A program, or why there is none. */
export type ToProgram = { readonly ok: true; readonly program: SplatProgram } | NoProgram;
