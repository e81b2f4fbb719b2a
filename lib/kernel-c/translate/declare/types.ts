/** The types that a file writes: those of C and the kernel, of the vocabulary, and its own. */
import { nearest } from "../../../primitives/named.js";
import { type Faults, type Span, refused } from "../../errors/index.js";
import type { Declared, Expression, TypeName, Unit } from "../../parse/ast.js";
import { deduced } from "../../parse/declarations.js";
import { type CType, plainType, plainTypeNames } from "../../types/ctype.js";
import type { Vocabulary } from "../../vocabulary/index.js";

/** What types are found out with. */
export interface TypesWith {
  readonly unit: Unit;
  readonly vocabulary: Vocabulary;
  readonly faults: Faults;
  readonly constant: (of: Expression) => number | null;
}

/** What entries that were taken off a list are reached by: a head of its own. */
export const takenType = "struct llist_node *";

/** Heads of lists and links of entries. */
export const linkTypes: ReadonlySet<string> = new Set([
  "struct list_head",
  "list_t",
  "struct llist_head",
  "struct llist_node",
  "struct hlist_head",
  "struct hlist_node",
  "struct hlist_bl_node",
  takenType,
]);

/** What every task has, whether the text says so or not. */
export const TASK = "task_struct";
const nowhere: Span = { file: "", line: 1, column: 1, start: 0, end: 0 };
const taskMembers: readonly Declared[] = [
  {
    at: nowhere,
    name: "__state",
    type: { at: nowhere, name: "int", members: null },
    pointers: 0,
    sizes: [],
    init: null,
    remark: "/* 0..4 */",
    holds: null,
    perCpu: false,
    isConst: false,
    isStatic: false,
  },
];

const floats: ReadonlySet<string> = new Set(["float", "double", "long double"]);

/** Finds out types, and the members of structures. */
export class Types {
  readonly members = new Map<string, readonly Declared[]>();

  constructor(private readonly with_: TypesWith) {
    for (const [tag, { members }] of with_.unit.structs) this.members.set(tag, members);
    if (!this.members.has(TASK)) this.members.set(TASK, taskMembers);
  }

  /** Returns the type that is written. */
  typeOf(type: TypeName, pointers: number, seen: readonly string[] = []): CType {
    const base = this.baseType(type, pointers, seen);
    if (base.kind === "object" && base.name === "struct llist_node" && pointers === 1) {
      return { kind: "object", name: takenType };
    }
    if (base.kind === "object" && this.isHandle(base.name) && pointers > 0) {
      return this.pointersTo(base, pointers - 1);
    }
    return this.pointersTo(base, pointers);
  }

  /** Whether code has a pointer to it in the place of the thing. */
  private isHandle(name: string): boolean {
    return this.with_.vocabulary.types.get(name)?.handle === true;
  }

  private pointersTo(base: CType, pointers: number): CType {
    let made = base;
    for (let k = 0; k < pointers; k++) made = { kind: "pointer", to: made };
    return made;
  }

  private baseType(type: TypeName, pointers: number, seen: readonly string[]): CType {
    const { unit, vocabulary, constant } = this.with_;
    const { name } = type;
    if (name === "function") return { kind: "code" };
    if (linkTypes.has(name)) return { kind: "object", name };
    const object = vocabulary.types.get(name);
    if (object !== undefined) return { kind: "object", name };
    const plain = plainType(name);
    if (plain !== null) return plain;
    const typedef = seen.includes(name) ? undefined : unit.typedefs.get(name);
    if (typedef !== undefined) return this.typeOf(typedef, 0, [...seen, name]);
    const macro = unit.macros.get(name);
    if (macro?.parameters === null && !seen.includes(name)) {
      const at = macro.bodyAt;
      return this.typeOf({ at, name: macro.body.trim(), members: null }, 0, [...seen, name]);
    }
    if (name === "enum" || name.startsWith("enum ")) {
      const names = unit.enums.get(name.slice(5)) ?? [];
      const values = names.flatMap((of) => constant(nameExpression(of, type.at)) ?? []);
      const ends =
        values.length === 0
          ? { min: 0, max: 255 }
          : { min: Math.min(0, ...values), max: Math.max(...values) };
      return { kind: "int", name, ...ends };
    }
    if (name.startsWith("struct ")) {
      const tag = name.slice(7);
      if (this.members.has(tag) || pointers > 0) return { kind: "struct", tag };
      const [near] = nearest(tag, [...this.members.keys()]);
      return this.refuse(
        type.at,
        `no such structure: struct ${tag}${near === undefined ? "; write its members in this file" : `; did you mean struct ${near}?`}`,
      );
    }
    const all = [...vocabulary.types.keys(), ...plainTypeNames, ...unit.typedefs.keys()];
    const [near] = nearest(name, all);
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    if (name === deduced) {
      return this.refuse(
        type.at,
        "typeof() is known of a variable that gets a value where it is declared; write the type",
      );
    }
    if (floats.has(name)) {
      return this.refuse(
        type.at,
        `${name}: the kernel has no floating point; write an integer type`,
      );
    }
    return this.refuse(type.at, `no such type: ${name}${hint}`);
  }

  /** Returns the type of a variable. */
  declaredType(declared: Declared): CType {
    return this.typeOf(declared.type, declared.pointers);
  }

  /** Returns how many elements an array has. */
  length(size: Expression | null, declared: Declared): number {
    const known = size === null ? this.listLength(declared) : this.with_.constant(size);
    if (known !== null && known >= 1 && known <= 4096) return known;
    const text = size === null ? "" : ` and not ${size.text}`;
    return this.refuse(
      declared.at,
      `${declared.name}[]: a constant from 1 to 4096 is wanted as its size${text}`,
    );
  }

  /** Returns how many objects a declaration has that pointers may move among; null of an array of each CPU. */
  inPool(declared: Declared, cpus: number): number | null {
    const [size] = declared.sizes;
    if (size === undefined) return declared.perCpu ? cpus : 1;
    return declared.perCpu ? null : this.length(size, declared);
  }

  private listLength({ init }: Declared): number | null {
    return init?.kind === "list" ? init.items.length : null;
  }

  /** Notes a fault and ends what it is found in. */
  refuse(at: Span, message: string): never {
    this.with_.faults.add(at, message);
    throw refused;
  }
}

const nameExpression = (name: string, at: Span): Expression => ({
  at,
  text: name,
  kind: "name",
  name,
});
