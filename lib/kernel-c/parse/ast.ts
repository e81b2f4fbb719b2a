/** The subset of C as a tree of our own, apart from the parser that it comes from. */
import type { Span } from "../errors/index.js";

/** A type as it is written. */
export interface TypeName {
  readonly at: Span;
  /** `int`, `struct foo`, `enum state`, `raw_spinlock_t`; `function` of what points to one. */
  readonly name: string;
  /** The members of a structure that is declared right here. */
  readonly members: readonly Declared[] | null;
}

/** A name that is declared, with its type. */
export interface Declared {
  readonly at: Span;
  readonly name: string;
  readonly type: TypeName;
  /** How many `*` stand before the name. */
  readonly pointers: number;
  /** The sizes of its dimensions; null where none is written. */
  readonly sizes: readonly (Expression | null)[];
  readonly init: Initializer | null;
  /** What a comment behind it says about its values. */
  readonly remark: string | null;
  /** What a queue of values is declared with, `int, 4`; null of what is none. */
  readonly holds: string | null;
  readonly perCpu: boolean;
  readonly isConst: boolean;
  readonly isStatic: boolean;
}

export type Initializer =
  | { readonly kind: "value"; readonly at: Span; readonly value: Expression }
  | { readonly kind: "list"; readonly at: Span; readonly items: readonly InitializerItem[] };

/** One value of a list, perhaps for a named field or a numbered element. */
export interface InitializerItem {
  readonly field: string | null;
  readonly index: Expression | null;
  /** The last of several elements, as in `[0 ... 3] = 1`; null of one. */
  readonly last: Expression | null;
  readonly value: Initializer;
}

export type UnaryOperator = "!" | "-" | "~" | "+";

export type Expression = { readonly at: Span; readonly text: string } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string" }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly of: Expression }
  | { readonly kind: "address" | "deref"; readonly of: Expression }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "logical";
      readonly operator: "&&" | "||";
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      /** Null of `a ?: b`. */
      readonly then: Expression | null;
      readonly else: Expression;
    }
  | {
      readonly kind: "assign";
      /** `=`, `+=` and so on. */
      readonly operator: string;
      readonly to: Expression;
      readonly value: Expression;
    }
  | {
      readonly kind: "update";
      readonly operator: "++" | "--";
      readonly prefix: boolean;
      readonly of: Expression;
    }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly nameAt: Span;
      readonly args: readonly Expression[];
    }
  /** A call of what a pointer leads to: `ops->open(dev)`. */
  | { readonly kind: "indirect"; readonly of: Expression; readonly args: readonly Expression[] }
  | {
      readonly kind: "member";
      readonly of: Expression;
      readonly field: string;
      readonly arrow: boolean;
    }
  | { readonly kind: "index"; readonly of: Expression; readonly index: Expression }
  | { readonly kind: "cast"; readonly type: string; readonly of: Expression }
  | { readonly kind: "comma"; readonly parts: readonly Expression[] }
  /** What the subset lacks: refused where its value matters. */
  | { readonly kind: "lacking"; readonly message: string }
  | { readonly kind: "block"; readonly body: readonly CStatement[] }
);

export type CStatement = { readonly at: Span } & (
  | { readonly kind: "block"; readonly body: readonly CStatement[] }
  | { readonly kind: "expression"; readonly of: Expression }
  | { readonly kind: "declare"; readonly declared: readonly Declared[] }
  | {
      readonly kind: "if";
      readonly test: Expression;
      readonly then: CStatement;
      readonly else: CStatement | null;
    }
  | { readonly kind: "while" | "do"; readonly test: Expression; readonly body: CStatement }
  | {
      readonly kind: "for";
      readonly first: readonly CStatement[];
      readonly test: Expression | null;
      readonly next: Expression | null;
      readonly body: CStatement;
    }
  | { readonly kind: "switch"; readonly of: Expression; readonly body: readonly CStatement[] }
  /** In a `switch`: what follows is one arm; `default` where there is no value. */
  | { readonly kind: "case"; readonly value: Expression | null }
  | { readonly kind: "break" | "continue" | "empty" }
  | { readonly kind: "return"; readonly value: Expression | null }
  | { readonly kind: "goto" | "label"; readonly name: string; readonly nameAt: Span }
  /** `list_for_each_entry(...) {`, `scoped_guard(...) {` and what else is a loop by macro. */
  | {
      readonly kind: "loop";
      readonly name: string;
      readonly args: readonly Expression[];
      readonly body: CStatement;
    }
);

/** A function with its body. */
export interface CFunction {
  readonly at: Span;
  readonly name: string;
  readonly returns: TypeName;
  readonly returnsPointer: boolean;
  readonly parameters: readonly Declared[];
  readonly body: readonly CStatement[];
}

/** A `#define`; `parameters` is null of a constant. */
export interface CMacro {
  readonly at: Span;
  readonly name: string;
  readonly parameters: readonly string[] | null;
  /** Its text, and where that begins. */
  readonly body: string;
  /** Whether it takes any number of further arguments, which `__VA_ARGS__` stands for. */
  readonly isVariadic: boolean;
  readonly bodyAt: Span;
}

/** The body of a macro: a value, or statements. */
export type MacroBody =
  | { readonly kind: "expression"; readonly of: Expression }
  | { readonly kind: "statements"; readonly body: readonly CStatement[] };

/** A structure with its members. */
export interface CStruct {
  readonly at: Span;
  readonly tag: string;
  readonly members: readonly Declared[];
}

/** A file. */
export interface Unit {
  readonly file: string;
  readonly text: string;
  readonly structs: ReadonlyMap<string, CStruct>;
  /** `typedef struct foo foo_t` and the like. */
  readonly typedefs: ReadonlyMap<string, TypeName>;
  readonly enumerators: ReadonlyMap<
    string,
    { readonly at: Span; readonly value: Expression | null; readonly after: string | null }
  >;
  /** The enumerators of each enum, by its tag. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  readonly macros: ReadonlyMap<string, CMacro>;
  readonly variables: readonly Declared[];
  readonly functions: ReadonlyMap<string, CFunction>;
  /** Functions that are declared but have no body here. */
  readonly prototypes: ReadonlySet<string>;
  readonly comments: readonly Comment[];
}

/** A comment, `/` and `*` included. */
export interface Comment {
  readonly at: Span;
  readonly text: string;
}
