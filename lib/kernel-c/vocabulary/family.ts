/** What a family of the vocabulary is made of: types of objects, calls, loops and constants. */
import type { Dimension, Domain, Element, Expr, List, Statement } from "../../machine/index.js";

import type { Span } from "../errors/index.js";

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
}

/** A type of objects, such as `spinlock_t`. */
export interface ObjectType<T> {
  /** The names of the type: `spinlock_t`, `struct mutex`. The first is printed. */
  readonly names: readonly string[];
  /** The macros that declare one, such as `DEFINE_SPINLOCK`. */
  readonly definers: readonly string[];
  /** Calls that give it its lock class where they stand, such as `spin_lock_init`; they are no steps. */
  readonly initializers: readonly string[];
  readonly declare: (name: string, options: DeclareOptions) => T;
}

/** An object that a call is given, with its place in an array. */
export interface Given<T> {
  readonly object: T;
  readonly index: readonly Expr[];
}

/** A call of the text, as a row of the table sees it. Arguments are counted from 0, and read in order. */
export interface Call {
  readonly name: string;
  readonly at: Span;
  /** The call as it is written, in one line. */
  readonly text: string;
  readonly count: number;
  readonly argument: (at: number) => string;
  /** Does statements, after what the arguments took. */
  readonly emit: (...statements: readonly Statement[]) => void;
  /** An object by its address: `&lock`, or a pointer to one. */
  readonly object: <T>(at: number, ...types: readonly ObjectType<T>[]) => Given<T>;
  /** Which of several types an object is of. */
  readonly typeOf: (at: number) => ObjectType<unknown>;
  /** A number; what it reads of shared memory is read in steps before. */
  readonly value: (at: number) => Expr;
  /** Whether something holds, as for `BUG_ON()`. */
  readonly truth: (at: number) => Expr;
  /** The number of a CPU. */
  readonly cpu: (at: number) => Expr;
  readonly constant: (at: number) => number;
  /** The variable for `flags`, given by name: `spin_lock_irqsave(&lock, flags)`. */
  readonly flags: (at: number) => Element;
  /** A scalar by its name, `READ_ONCE(x)`. */
  readonly named: (at: number) => Element;
  /** A scalar by its address, `cmpxchg(&x, ...)`. */
  readonly pointed: (at: number) => Element;
  /** A bit by its number, a constant, and the address of the word that it is in. */
  readonly bit: (number: number, address: number) => Element;
  /** A number as it is stored in an element: of the kind of that. */
  readonly valueFor: (at: number, element: Element) => Expr;
  /** The task that runs this, as a pointer to its `struct task_struct`. */
  readonly current: () => Expr;
  /** A pointer to a structure, which is not NULL. */
  readonly pointer: (at: number, tag: string) => Expr;
  /** A member of what a pointer leads to. */
  readonly member: (pointer: Expr, tag: string, field: string) => Element;
  /** A local variable of this call alone, for what it returns. */
  readonly temporary: (domain: Domain | { readonly like: Element }) => Element;
  /** Ends the translation of this statement with a fault at an argument. */
  readonly refuse: (message: string, at?: number) => never;
  /** Does statements where the block around the call is left, whichever way. */
  readonly atEndOfScope: (statements: readonly Statement[]) => void;
  /** Does statements where a jump leaves the block around the call, and not at its end. */
  readonly ifJumpedOut: (statements: readonly Statement[]) => void;
  /** The name of a function that is handed over. */
  readonly functionName: (at: number) => string;
  /** An entry of a list by the address of its link: `list_add(&foo->node, ...)`. */
  readonly listEntry: (at: number) => ListMember;
  /** The head of a list by its address; `member` is what it links, as `listEntry()` and `cursor()` say. */
  readonly listHead: (at: number, member?: string) => ListMember;
  /** The pointer that a walk moves, and what it links by the member that is named. */
  readonly cursor: (
    at: number,
    member: number,
  ) => { readonly element: Element; readonly member: string };
}

/** A head or an entry, with the list that it is of. */
export interface ListMember {
  readonly list: List;
  readonly member: Expr;
  /** `foo.node`: what the list links. */
  readonly links: string;
}

/** A row of the table: a call by its kernel name. */
export interface CallRow {
  /** The arguments as the documentation has them; their number is checked. A last `...` takes any. */
  readonly takes: string;
  /** Does the call; returns its value where it has one. */
  readonly run: (call: Call) => Expr | undefined;
}

/** A loop by macro: `body` translates what stands in its braces. */
export interface LoopRow {
  readonly takes: string;
  /** True of what guards a block and does it once: `break` inside is that of the loop around. */
  readonly isGuard?: boolean;
  readonly run: (call: Call, body: () => readonly Statement[]) => void;
}

/** One file of the table. */
export interface Family {
  readonly name: string;
  readonly types?: readonly ObjectType<unknown>[];
  readonly calls?: Readonly<Record<string, CallRow>>;
  readonly loops?: Readonly<Record<string, LoopRow>>;
  readonly constants?: Readonly<Record<string, number>>;
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

/** Returns rows of the same making for several names. */
export function rows(
  names: readonly string[],
  make: (name: string) => CallRow,
): Readonly<Record<string, CallRow>> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}
