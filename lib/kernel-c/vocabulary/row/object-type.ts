/** Types of objects, such as `spinlock_t`: how one is declared, and how a call is given one. */
import type { Dimension, Domain, Expr, Variable } from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";

/** How an object of the vocabulary is declared. */
export interface DeclareOptions {
  /** The dimensions of the arrays that it stands in, `CPU` for what is per CPU. */
  readonly per: readonly Dimension[];
  /** The name of its lock class, as lockdep prints it. */
  readonly className: string;
  /** The class that it is of: the same for all instances of one structure's member. */
  readonly key: string;
  /** The first value of what counts, by index; 0 unless the text says. */
  readonly init: (...index: readonly number[]) => number;
  /** The range that a comment behind the declaration states. */
  readonly range: { readonly min: number; readonly max: number } | null;
  /** What an initialiser such as `INIT_WORK()` was given, as it is written; null of what a macro declares. */
  readonly initialized: string | null;
  /** What a queue of values holds, and how many: `DEFINE_KFIFO(name, type, size)`; null of what is no such thing. */
  readonly elements: { readonly domain: Domain; readonly size: number } | null;
  /** Where it is declared. */
  readonly at: Span;
}

/** A type of objects, such as `spinlock_t`. */
export interface ObjectType<T> {
  /** The names of the type: `spinlock_t`, `struct mutex`. The first is printed. */
  readonly names: readonly string[];
  /** The macros that declare one, such as `DEFINE_SPINLOCK`. */
  readonly definers: readonly string[];
  /** Calls that give it its lock class where they stand, such as `spin_lock_init`; they are no steps. */
  readonly initializers: readonly string[];
  /** True where the machine has no arrays of it: each element of an array is an object of its own. */
  readonly single?: true;
  /** True where code has a pointer to it in the place of the thing: `struct workqueue_struct *wq`. */
  readonly handle?: true;
  /** True of what belongs to whoever runs: what its definer names behind it, `DECLARE_WAITQUEUE(wait, current)`, is that. */
  readonly ofCurrent?: true;
  /** True of what holds values of a type that its definer names. */
  readonly holds?: true;
  readonly declare: (name: string, options: DeclareOptions) => T;
  /** What it counts with, whose first value the text says. */
  counter?(of: T): Variable;
}

/** An object that a call is given, with its place in an array. */
export interface Given<T> {
  readonly object: T;
  readonly index: readonly Expr[];
  /** By which facts about it are remembered: `dev.work`. Of an element of an array, only where its type is single. */
  readonly id: string;
}

/** An object of a type that the machine has one by one. */
export interface Instance<T> {
  readonly id: string;
  readonly object: T;
}
