/** What a queue of values holds. */
import type { Domain } from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
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
  const count = constant(named(size, at));
  if (count === null || count < 2 || count > 64 || (count & (count - 1)) !== 0) {
    return types.refuse(at, `${declared.name}: ${size} elements; 2, 4, 8 ... 64 are wanted`);
  }
  const of = types.typeOf({ at, name: type, members: null }, pointers.length);
  return { domain: domainOf(of, `${key} element`, remark), size: count };
}

/** Returns how many bits a `DECLARE_BITMAP()` has; null of what is none. */
export function bitsDeclared(
  { at, holds, name }: Declared,
  { types, constant }: Pick<ElementsWith, "types" | "constant">,
): number | null {
  if (holds === null) return null;
  const count = constant(named(holds, at));
  if (count !== null && count >= 1 && count <= 64) return count;
  return types.refuse(at, `${name}: a constant from 1 to 64 is wanted as the number of its bits`);
}

const named = (of: string, at: Span): Expression =>
  /^\d/.test(of)
    ? { kind: "number", at, text: of, value: Number(of) }
    : { kind: "name", at, text: of, name: of };
