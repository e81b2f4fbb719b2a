/** What a family of the vocabulary is made of: types of objects, calls, loops and constants. */
import type { Expr, Process, Statement } from "../../../machine/index.js";
import type { Call } from "./call.js";
import type { ObjectType } from "./object-type.js";
import type { World } from "./world.js";

/** A row of the table: a call by its kernel name. */
export interface CallRow {
  /** The arguments as the documentation has them; their number is checked. A last `...` takes any. */
  readonly takes: string;
  /** Does the call; returns its value where it has one. */
  readonly run: (call: Call) => Expr | undefined;
  /** True of what sets something up: it counts where nothing that runs calls it, too. */
  readonly setsUp?: true;
}

/** A loop by macro: `body` translates what stands in its braces. */
export interface LoopRow {
  readonly takes: string;
  /** True of what guards a block and does it once: `break` inside is that of the loop around. */
  readonly isGuard?: boolean;
  readonly run: (call: Call, body: () => readonly Statement[]) => void;
}

/** A loop over what is known when it is translated, each round by itself: `for_each_online_cpu(cpu)`. */
export interface RoundsRow {
  readonly takes: string;
  /** Which argument has a value in each round. */
  readonly cursor: number;
  readonly rounds: (world: World, call: Call) => readonly number[];
  /** Whether a round is done: looked at when it begins. All are, where it is left out. */
  readonly only?: (call: Call, round: number) => Expr;
}

/** One file of the table. */
export interface Family {
  readonly name: string;
  readonly types?: readonly ObjectType<unknown>[];
  readonly calls?: Readonly<Record<string, CallRow>>;
  readonly loops?: Readonly<Record<string, LoopRow>>;
  readonly rounds?: Readonly<Record<string, RoundsRow>>;
  readonly constants?: Readonly<Record<string, number>>;
  /** What runs besides the functions that are named in comments: workers, timers, handlers of lines. */
  readonly processes?: (world: World) => readonly Process[];
  /** What the subset lacks, with what to write instead. */
  readonly instead?: Readonly<Record<string, string>>;
}

/** Returns a row for a call without a value. */
export function does(takes: string, statements: (call: Call) => readonly Statement[]): CallRow {
  return {
    takes,
    run: (call) => {
      call.emit(...statements(call));
      return undefined;
    },
  };
}

/** Returns a row for a call with a value. */
export function gives(takes: string, run: (call: Call) => Expr): CallRow {
  return { takes, run };
}

/** Returns a row for a call that sets something up: no step. */
export function setsUp(takes: string, run: (call: Call) => void): CallRow {
  return {
    takes,
    setsUp: true,
    run: (call) => {
      run(call);
      return undefined;
    },
  };
}

/** Returns rows of the same making for several names. */
export function rows(
  names: readonly string[],
  make: (name: string) => CallRow,
): Readonly<Record<string, CallRow>> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}
