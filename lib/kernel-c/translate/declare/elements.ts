/** What a queue of values holds. */
import type { Domain } from "../../../machine/index.js";
import type { Declared, Expression } from "../../parse/ast.js";
import type { CType } from "../../types/ctype.js";
import type { DeclareOptions } from "../../vocabulary/index.js";
import type { Types } from "./types.js";
import type { Where } from "./where.js";

/** What the elements are found out with. */
interface ElementsWith {
  readonly types: Types;
  readonly constant: (of: Expression) => number | null;
  readonly domainOf: (type: CType, key: string, remark: string | null) => Domain;
}

/** Returns what a queue of values holds, as its definer says: a type, and a size of a power of two (`__STRUCT_KFIFO`). */
export function elementsOf(
  declared: Declared,
  { key, remark }: Where,
  { types, constant, domainOf }: ElementsWith,
): NonNullable<DeclareOptions["elements"]> {
  const { at } = declared;
  const [, type, pointers = "", size = ""] =
    /^([\w ]+?)\s*(\**)\s*,\s*(\w+)$/.exec(declared.holds ?? "") ?? [];
  if (type === undefined) {
    return types.refuse(at, `${declared.name}: a type and a size are wanted behind the name`);
  }
  const named: Expression = /^\d/.test(size)
    ? { kind: "number", at, text: size, value: Number(size) }
    : { kind: "name", at, text: size, name: size };
  const count = constant(named);
  if (count === null || count < 2 || count > 64 || (count & (count - 1)) !== 0) {
    return types.refuse(at, `${declared.name}: ${size} elements; 2, 4, 8 ... 64 are wanted`);
  }
  const of = types.typeOf({ at, name: type, members: null }, pointers.length);
  return { domain: domainOf(of, `${key} element`, remark), size: count };
}
