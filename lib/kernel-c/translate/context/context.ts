/** What the parts of the translation share, and how they call each other. */
import type {
  Dimension,
  Domain,
  Element,
  Expr,
  IdSet,
  List,
  Statement,
  WaitQueue,
} from "../../../machine/index.js";
import type { Faults, Span } from "../../errors/index.js";
import type {
  CFunction,
  CMacro,
  CStatement,
  Declared,
  Expression,
  Initializer,
  MacroBody,
  TypeName,
  Unit,
} from "../../parse/ast.js";
import type { Outlines } from "./outline.js";
import type { CType } from "../../types/ctype.js";
import type { Place, Pool, Storage } from "../../types/storage.js";
import type { Given, Vocabulary, World } from "../../vocabulary/index.js";
import type { Embedding } from "./embedded.js";
import type { Learned } from "./learned.js";
import type { NamedPlaces } from "./named-places.js";
import type { Value } from "./values.js";

/** One translation of a file. */
export interface Shared {
  readonly unit: Unit;
  readonly outlines: Outlines;
  readonly macroBody: (macro: CMacro) => MacroBody | null;
  readonly vocabulary: Vocabulary;
  readonly faults: Faults;
  /** Whether a place is in the text itself, and not in a header of the kernel. */
  readonly isOwn: (at: Span) => boolean;
  readonly learned: Learned;
  readonly cpus: number;
  readonly cpuSet: IdSet;
  /** Declares a static variable of a function. */
  readonly declareStatic: (declared: Declared, key: string) => Place;
  readonly globals: ReadonlyMap<string, Place>;
  readonly pools: ReadonlyMap<string, Pool>;
  /** What is declared at file scope, by what C calls it. */
  readonly places: NamedPlaces;
  /** What is known of the whole file. */
  readonly world: World;
  /** The functions that were inlined somewhere. */
  readonly reached: Set<string>;
  /** Structures that stand inside of one other. */
  readonly embedded: ReadonlyMap<string, Embedding>;
  /** How many members each set has. */
  readonly sizes: Map<string, number>;
  /** The lists that link one member of a structure: all heads are one set. */
  readonly lists: (member: string) => LinkedList | null;
  /** Returns the type that is written; a fault if there is none. */
  readonly typeOf: (type: TypeName, pointers: number) => CType;
  /** Returns storage for a local variable, of each member of the process's set. */
  readonly declareLocal: (declared: Declared, owner: Owner, key: string) => Storage;
  /** Returns the type of a variable, with its range. */
  readonly declaredType: (declared: Declared) => CType;
  readonly domainOf: (type: CType, key: string, remark: string | null) => Domain;
  /** Returns the value of a constant expression; null if it is none. */
  readonly constant: (of: Expression) => number | null;
}

/** The heads that link one member of a structure. */
export interface LinkedList {
  readonly list: List;
  readonly pool: Pool;
  /** The number of the first element of each head. */
  readonly heads: ReadonlyMap<string, HeadNumbers>;
}

/** Where the heads of one declaration begin in the set of heads, and how many there are in each dimension. */
export interface HeadNumbers {
  readonly first: number;
  /** The set itself, where this declaration is all of it. */
  readonly whole: boolean;
  readonly dimensions: readonly Dimension[];
}

/** Who runs a body: one process, or one of each member of a set. */
export interface Owner {
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly index: readonly Expr[];
  /** Its task; null in a handler. */
  readonly task: Expr | null;
  /** Whether it stays on its CPU. */
  readonly pinned: boolean;
  /** Whether it works off a queue: on the CPU that queued, in the kernel, which is not followed here. */
  readonly isWorker: boolean;
  /** The variables that are its own. */
  readonly locals: Map<string, Storage>;
  readonly temporaries: Element[];
  /** The wait queues that it has joined in the text so far. */
  readonly joined: Given<WaitQueue>[];
  /** Returns a name of its own, another one each time: it may run several bodies. */
  readonly fresh: (what: string) => string;
}

/** What a name stands for inside a function. */
export type Binding =
  | { readonly kind: "place"; readonly place: Place }
  /** Known when translated: an address, a constant, or nothing yet. */
  | { readonly kind: "alias"; value: Value | null; readonly type: CType }
  /** What it is declared as was refused: what uses it is no fault of its own. */
  | { readonly kind: "refused" };

/** A block with what has to be done where it is left. */
export interface Scope {
  readonly names: Map<string, Binding>;
  readonly atEnd: Statement[];
  /** What is done where a jump leaves it, alone. */
  readonly atJump: Statement[];
}

/** A place that `break`, `continue` and `goto` go to, and how many blocks are around it. */
export interface JumpTarget {
  readonly label: string;
  readonly depth: number;
  used: boolean;
  /** Whether a label of the text stands already. */
  placed?: boolean;
}

/** What a function returns. */
export interface Result {
  readonly type: CType;
  /** Takes a value that is returned. */
  readonly take: (value: Value, at: Span, text: string) => void;
}

/** A function that is being inlined. */
export interface Frame {
  readonly function: CFunction;
  /** The functions around it, this one last. */
  readonly stack: readonly string[];
  /** Tells the labels of this call from those of others. */
  readonly prefix: string;
  readonly scopes: Scope[];
  readonly breaks: JumpTarget[];
  readonly continues: JumpTarget[];
  readonly end: JumpTarget;
  readonly labels: Map<string, JumpTarget>;
  /** How often each name is assigned in it. */
  readonly assigned: ReadonlyMap<string, number>;
  readonly result: Result;
}

export type CallExpression = Extract<Expression, { readonly kind: "call" }>;

/** A body while it is translated. */
export interface Body {
  readonly shared: Shared;
  readonly owner: Owner;
  readonly frames: Frame[];
  /** The macros that are being expanded. */
  readonly expanding: Set<string>;
  /** Does something for a macro that is one expression: its steps come from where that is used. */
  readonly usedAt: <T>(at: Span, run: () => T) => T;
  /** Does what a function or a macro does, called from there: what is wrong in a header is so for the call. */
  readonly calledFrom: <T>(at: Span, name: string, run: () => T) => T;
  /** Does statements that come from a place of the text. */
  readonly emit: (at: Span, ...statements: readonly Statement[]) => void;
  /** Does a statement whose parts were emitted before, and collected. */
  readonly nest: (statement: Statement) => void;
  /** Returns what is done by something, apart from what was done before. */
  readonly collect: (run: () => void) => readonly Statement[];
  readonly refuse: (at: Span, message: string) => never;
  readonly fresh: (what: string) => string;
  readonly temporary: (domain: Domain) => Element;
  /** Returns a value as it is now, whatever is assigned later. */
  readonly frozen: (value: Value, at: Span) => Value;
  readonly checkIndex: (base: Place, index: Expr, at: Span, text: string) => void;
  readonly checkPointer: (value: Value & { readonly kind: "pointer" }, of: Expression) => void;
  readonly value: (of: Expression) => Value;
  readonly place: (of: Expression) => Place;
  readonly load: (place: Place, at: Span) => Value;
  readonly store: (place: Place, value: Value, at: Span, label: string) => void;
  /** Returns a number for an element: of its kind. */
  readonly fitting: (value: Value, element: Element, at: Span) => Expr;
  readonly truth: (of: Expression) => Expr;
  /** What an argument is taken for, while a call is made for each thing that it may be; null if it is not pinned. */
  readonly pinned: (argument: Expression) => Value | null;
  readonly pin: <T>(argument: Expression, value: Value, run: () => T) => T;
  /** Does what an expression does, whose value nobody looks at. */
  readonly discard: (of: Expression) => void;
  /** Whether nobody looks at what a call returns. */
  readonly isUnused: (of: CallExpression) => boolean;
  /** Evaluates what a handle is assigned: a call knows where what it returns goes. */
  readonly assigning: (handle: Place, of: Expression) => void;
  /** The handle that is being assigned; null if none is. */
  readonly assignedTo: () => Place | null;
  /** Whether nothing is on a list, by its head. */
  readonly isEmpty: (head: Place, at: Span) => Expr;
  /** Returns whether an expression holds, with what it reads in it and no step before; null if that is not possible. */
  readonly condition: (of: Expression) => Expr | null;
  /** Whether reads of shared memory stay where they are asked for, as in a condition that is one step. */
  readonly inOneStep: () => boolean;
  /** Looks at something as it is in the step that asks; what takes steps of its own is refused. */
  readonly instant: <T>(of: Expression, look: () => T) => T;
  readonly call: (of: CallExpression) => Value;
  /** Calls what a pointer leads to. */
  readonly indirect: (callee: Value, of: Expression, args: readonly Expression[]) => Value;
  /** Returns the place that a call names, as `per_cpu(x, cpu)` does; null if it is a value. */
  readonly placeCall: (of: CallExpression) => Place | null;
  readonly loop: (of: Extract<CStatement, { kind: "loop" }>) => void;
  readonly inline: (of: CFunction, args: readonly Value[], at: Span) => Value;
  /** Whether a value is the same whenever it is asked for. */
  readonly isStable: (value: Value) => boolean;
  /** Declares a variable of the function, or a static one. */
  readonly declare: (declared: Declared) => Place;
  /** Stores the values of a list, member by member. */
  readonly fill: (place: Place, init: Initializer) => void;
  /** Adds to a number in one step. */
  readonly addTo: (place: Place, by: number, at: Span, label: string) => void;
  readonly statements: (body: readonly CStatement[]) => void;
  readonly jump: (target: JumpTarget, at: Span) => void;
}

/** Returns the innermost function. */
export function frameOf(body: Body): Frame {
  const frame = body.frames[body.frames.length - 1];
  if (frame === undefined) throw new TypeError("kernel C: no function is being translated");
  return frame;
}
