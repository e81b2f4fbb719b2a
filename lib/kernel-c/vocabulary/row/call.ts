/** A call of the text, as a row of the table sees it. */
import type {
  Domain,
  Element,
  Expr,
  IdSet,
  List,
  Statement,
  WaitQueue,
} from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
import type { Given, ObjectType } from "./object-type.js";
import type { PassedArgument, World } from "./world.js";

/** What a name stands for in a condition: what is read from an element, or a member of a set. */
export type Named =
  | { readonly kind: "read"; readonly from: Element }
  | {
      readonly kind: "member";
      readonly of: Expr;
      readonly set: IdSet;
      /** The structure that it is one of; null of a CPU. */
      readonly tag: string | null;
    };

/** A call of the text, as a row of the table sees it. Arguments are counted from 0, and read in order. */
export interface Call {
  readonly name: string;
  readonly at: Span;
  /** The call as it is written, in one line. */
  readonly text: string;
  readonly count: number;
  readonly argument: (at: number) => string;
  /** Whether what the call returns is looked at. */
  readonly isUsed: boolean;
  /** Does statements, after what the arguments took. */
  readonly emit: (...statements: readonly Statement[]) => void;
  /** An object by its address: `&lock`, or a pointer to one. */
  readonly object: <T>(at: number, ...types: readonly ObjectType<T>[]) => Given<T>;
  /** An object by its name, as a macro takes it: `wait_event(wq, ...)`. */
  readonly objectNamed: <T>(at: number, ...types: readonly ObjectType<T>[]) => Given<T>;
  /** The objects of all CPUs, by the address that `this_cpu_ptr()` would take: `local_lock(&lock)`. */
  readonly objectOfCpus: <T>(at: number, type: ObjectType<T>) => T;
  /** The word, by its address, one of whose bits is a lock, and the number of that bit. */
  readonly bitLock: <T>(
    number: number,
    address: number,
    type: ObjectType<T>,
  ) => Given<T> & { readonly bit: number };
  /** A number that something is known by: itself, or the name of the variable that holds it. */
  readonly identity: (at: number) => string;
  /** A value that is read in one step: where a condition is asked for in one, as part of that. */
  readonly reads: (value: Expr, domain: Domain) => Expr;
  /** The handle that is assigned what the call returns: `wq = alloc_workqueue(...)`; null if there is none. */
  readonly assignedTo: string | null;
  /** The wait queues that the task has joined in the text before. */
  readonly joined: readonly Given<WaitQueue>[];
  readonly joins: (queue: Given<WaitQueue>) => void;
  /** The task's own `__state`, if anybody looks at those in this file; null if not. */
  readonly taskState: () => Element | null;
  /** Which of several types an object is of. */
  readonly typeOf: (at: number) => ObjectType<unknown>;
  /** A number; what it reads of shared memory is read in steps before. */
  readonly value: (at: number) => Expr;
  /** Whether something holds, as for `BUG_ON()`. */
  readonly truth: (at: number) => Expr;
  /**
   * Whether something holds, as it is looked at in the step that asks; what takes more steps is refused.
   *
   * @param names what names stand for in it, such as `VAL`
   */
  readonly instant: (at: number, names?: Readonly<Record<string, Named>>) => Expr;
  /** The set that the name of a type stands for: `struct foo`, or `cpu`. */
  readonly setOf: (at: number) => { readonly tag: string | null; readonly set: IdSet };
  /** The set of all objects of a structure. */
  readonly poolOf: (tag: string) => IdSet;
  /** The number of a CPU. */
  readonly cpu: (at: number) => Expr;
  readonly constant: (at: number) => number;
  /** A constant from 0 on, which the kernel has as `unsigned int subclass`. */
  readonly subclass: (at: number) => number;
  /** The variable for `flags`, given by name: `spin_lock_irqsave(&lock, flags)`. */
  readonly flags: (at: number) => Element;
  /** A scalar by its name, `READ_ONCE(x)`. */
  readonly named: (at: number) => Element;
  /** A scalar by its address, `cmpxchg(&x, ...)`. */
  readonly pointed: (at: number) => Element;
  /** A bit by its number, that of an argument or a known one, and the address of the word that it is in. */
  readonly bit: (number: number | { readonly known: number }, address: number) => Element;
  /** A number as it is stored in an element: of the kind of that. */
  readonly valueFor: (at: number, element: Element) => Expr;
  /** The task that runs this, as a pointer to its `struct task_struct`. */
  readonly current: () => Expr;
  /** A pointer to a structure, which is not NULL. */
  readonly pointer: (at: number, tag: string) => Expr;
  /** Whether an argument is NULL, here or where it is handed over. */
  readonly isNull: (at: number) => boolean;
  /** A member of what a pointer leads to. */
  readonly member: (pointer: Expr, tag: string, field: string) => Element;
  /** A local variable of this call alone, for what it returns. */
  readonly temporary: (
    domain: Domain | { readonly like: Element },
    /** The structure that a pointer in it leads to. */
    tag?: string | null,
  ) => Element;
  /** Ends the translation of this statement with a fault at an argument. */
  readonly refuse: (message: string, at?: number) => never;
  /** Does statements where the block around the call is left, whichever way. */
  readonly atEndOfScope: (statements: readonly Statement[]) => void;
  /** Does statements where a jump leaves the block around the call, and not at its end. */
  readonly ifJumpedOut: (statements: readonly Statement[]) => void;
  /** The name of a function that is handed over. */
  readonly functionName: (at: number) => string;
  /** What is handed over with a function, such as `dev_id`: as the function will get it; null if nothing. */
  readonly passed: (at: number) => string | null;
  /** What is handed over with a function that runs later: the same each time, or a pointer that is known at run time. */
  readonly handed: (at: number) => PassedArgument;
  /** Runs a function of the file here, with as many of the arguments as it takes; false if there is none. */
  readonly runs: (name: string, args: readonly PassedArgument[]) => boolean;
  /** Gives a lock, or what else has a class, the class of this place. */
  readonly initializes: (at: number) => void;
  /** Gives a lock a class by its key; null where lockdep does not validate it. */
  readonly setClass: (
    at: number,
    to: { readonly key: string; readonly name: string } | null,
  ) => void;
  /** Gives the instances of a lock the order that a function of the file tells. */
  readonly setOrder: (at: number, comparison: string) => void;
  /** Sets what a counter is before anything runs. */
  readonly counts: (at: number, number: number) => void;
  /** The result of an operator of C on two numbers, as in an expression. */
  readonly operate: (operator: string, left: Expr, right: Expr) => Expr;
  /** Calls a function of the file with the address that an argument is, as `kref_put()` calls what frees. */
  readonly calls: (name: string, at: number) => void;
  /** What is known of the whole file. */
  readonly world: World;
  /** Whether something holds, asked in one step: what it reads of shared memory is not read before; null if that takes more steps. */
  readonly condition: (at: number) => Expr | null;
  /** Does what a body asks for, apart: returns its statements. */
  readonly apart: (run: () => void) => readonly Statement[];
  /** A label of its own, for jumps inside the call. */
  readonly label: (what: string) => string;
  /** An entry of a list by the address of its link: `list_add(&foo->node, ...)`. */
  readonly listEntry: (at: number) => ListMember;
  /** The head of a list by its address; `member` is what it links, as `listEntry()` and `cursor()` say. */
  readonly listHead: (at: number, member?: string) => ListMember;
  /** A head, or an entry that is asked whether it is on a list, by its address. */
  readonly listHeadOrEntry: (at: number) => ListMember & { readonly kind: "head" | "entry" };
  /** Notes that two heads link the same, by their addresses. */
  readonly linkedAlike: (one: number, other: number) => void;
  /** Notes that a list links an entry, by their addresses. */
  readonly linked: (entry: number, head: number) => void;
  /** The pointer to entries, as a head, that is assigned what the call returns. */
  readonly assignedHead: (links: string) => ListMember;
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
