/** What a case is to the command line. */
import type { Result } from "../../explore/index.js";
import type { OrdersVerdict } from "../../kvm/index.js";
import type { Translated } from "../../machine/translate/kept-translations.js";

/** What the command line says about the size and the code of a case. */
export interface CaseOptions {
  readonly fix?: string;
  readonly mutant?: string;
  readonly change?: readonly string[];
  readonly cpus?: number;
  readonly vcpus?: number;
  /** How many threads, for cases that have any number of them. */
  readonly size?: number;
}

/** What no run came to, so that lockdep heard nothing of it. */
export interface Unheard {
  /** As `process: step`. */
  readonly neverRan?: readonly string[];
}

/** A case by name. */
export interface Case {
  readonly name: string;
  readonly summary: string;
  /** The options that mean something to it. */
  readonly takes: readonly (keyof CaseOptions)[];
  /** Of C, as it was kept, or once its parser is there. */
  readonly make: (options: CaseOptions) => Promise<Translated>;
  /** What lockdep says of it, path by path. */
  readonly lockdep: (options: CaseOptions) => Promise<OrdersVerdict & Unheard>;
  /** Where the bounds say little, beside what every result warns of. */
  readonly warnings: (options: CaseOptions, result: Result) => readonly string[];
}
