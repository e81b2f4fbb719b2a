/** Where the things of a text are kept: variables of the machine for every scalar, in structures and arrays. */
import type { Dimension, Expr, IdSet, Variable } from "../../machine/index.js";
import type { ObjectType } from "../vocabulary/row/index.js";
import type { CType } from "./ctype.js";

/** A declared thing, or a part of one. */
export type Storage =
  | {
      readonly kind: "scalar";
      readonly type: CType;
      readonly variable: Variable;
      /** By which what is learnt of it is remembered. */
      readonly key: string;
    }
  | {
      readonly kind: "object";
      readonly type: ObjectType<unknown>;
      readonly value: unknown;
      /** Of this instance, where its key is that of all instances of a member. */
      readonly name: string;
      readonly key: string;
    }
  /** A `struct list_head`: a head, or the link of an entry. */
  | {
      readonly kind: "link";
      /** Whether it is a pointer to the first of entries that were taken: `struct llist_node *`. */
      readonly isPointer: boolean;
      readonly key: string;
      readonly dimensions: readonly Dimension[];
      /** The structure and the member that it is, where it is one. */
      readonly member: { readonly tag: string; readonly field: string } | null;
    }
  | {
      readonly kind: "struct";
      readonly tag: string;
      readonly fields: ReadonlyMap<string, Storage>;
      readonly key: string;
    }
  | {
      readonly kind: "array";
      readonly of: Storage;
      readonly length: Dimension;
      /** The pool that the elements are in, and the number of the first one. */
      readonly pooled: { readonly pool: Pool; readonly first: number } | null;
      readonly key: string;
    };

/** All objects of one structure that pointers move among. */
export interface Pool {
  readonly tag: string;
  readonly set: IdSet;
  readonly storage: Storage;
}

/** One element of a storage. */
export interface Place {
  readonly storage: Storage;
  readonly index: readonly Expr[];
  /** As it is printed. */
  readonly text: string;
  /** The structure whose member it is: what `container_of()` finds. */
  readonly inside: { readonly place: Place; readonly field: string } | null;
}
