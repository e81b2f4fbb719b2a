/** What is known of a whole file, and what the kernel hands to the functions that it calls. */
import type { Expr, IdSet, Statement } from "../../../machine/index.js";
import type { Given, Instance, ObjectType } from "./object-type.js";

/** What is known of a whole file: objects, and what calls anywhere said about them. */
export interface World {
  readonly cpus: number;
  /** The names of the threads of `lab: thread`, by the numbers of their tasks; none where a host says what runs. */
  readonly tasks: readonly string[];
  /** All objects of a type that the machine has arrays of, element by element. */
  readonly elements: <T>(type: ObjectType<T>) => readonly Given<T>[];
  /** All objects of a type, in the order of the text. */
  readonly instances: <T>(type: ObjectType<T>) => readonly Instance<T>[];
  /** Returns the object of a type that is declared by such a name, and stands in no array; null if there is none. */
  readonly declared: <T>(name: RegExp, type: ObjectType<T>) => T | null;
  /** Notes what holds of something, as that a work is queued on a queue. */
  readonly note: (relation: string, of: string, is: string) => void;
  /** All that was noted, in the order of the text; empty if nothing was. */
  readonly noted: (relation: string, of: string) => readonly string[];
  /** Everything of which something was noted. */
  readonly all: (relation: string) => readonly string[];
  /** Returns an object that no declaration makes, the same each time it is asked for. */
  readonly once: <T>(type: ObjectType<T>, id: string, make: () => T) => T;
  /**
   * The function that an object was given where it is declared, or by a call that notes a `function`; null if none.
   *
   * @param member of a structure of functions: `{ .member = function }`
   */
  readonly functionOf: (id: string, member?: string) => string | null;
  /**
   * Returns the body of a function that the kernel calls: with addresses of objects, numbers or `passed()`.
   *
   * @param on of what runs on each CPU, that CPU: then each has variables of its own; `its queue` of a worker
   * @param then what is done with the number that it returns
   */
  readonly body: (
    name: string,
    args: readonly PassedArgument[],
    on?: Expr | "its queue",
    then?: (returned: Expr) => readonly Statement[],
  ) => readonly Statement[];
}

/** What the kernel hands to a function that it calls: the address of an object, a number, or what `passed()` said. */
export type PassedArgument =
  | { readonly kind: "object"; readonly id: string; readonly member?: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "passed"; readonly what: string | null }
  | { readonly kind: "pointer"; readonly tag: string; readonly set: IdSet; readonly expr: Expr };
