/** Values that stay as they are: what later assignments do not change. */
import {
  CPU,
  type Dimension,
  type Domain,
  type Expr,
  idOrNone,
  set,
} from "../../../../machine/index.js";
import type { Span } from "../../../errors/index.js";
import type { Storage } from "../../../types/storage.js";
import type { Body, Owner } from "../../context/context.js";
import type { Value } from "../../context/values.js";
import { numberDomain } from "./choices.js";

/** Whether an expression has one value for as long as the process lives. */
export function isStable(owner: Owner, of: Expr): boolean {
  switch (of.op) {
    case "const":
    case "bound":
    case "home":
    case "self":
    case "process":
      return true;
    case "cpu":
      return owner.pinned;
    case "not":
      return isStable(owner, of.of);
    case "binary":
      return isStable(owner, of.left) && isStable(owner, of.right);
    case "if":
      return [of.test, of.then, of.else].every((part) => isStable(owner, part));
    case "read":
    case "some":
    case "every":
    case "count":
    case "inside":
    case "ended":
      return false;
  }
}

/** Whether nothing that is assigned later changes an expression: it reads no variable of the text. */
function isKept(owner: Owner, of: Expr): boolean {
  if (isStable(owner, of)) return true;
  switch (of.op) {
    case "read":
      return owner.temporaries.some((made) => made.variable === of.variable);
    case "not":
      return isKept(owner, of.of);
    case "binary":
      return isKept(owner, of.left) && isKept(owner, of.right);
    case "if":
      return [of.test, of.then, of.else].every((part) => isKept(owner, part));
    default:
      return false;
  }
}

/** Returns a value that later assignments do not change. */
export function frozen(body: Body, value: Value, at: Span): Value {
  const keep = (of: Expr, domain: Domain, label: string): Expr => {
    if (isKept(body.owner, of)) return of;
    const made = body.temporary(domain);
    body.emit(at, set(made, of, label));
    return made;
  };
  switch (value.kind) {
    case "number":
      return { ...value, expr: keep(value.expr, domainOf(body, value), "keep") };
    case "pointer": {
      const domain: Domain = { kind: "id", set: value.set, none: true };
      return { ...value, expr: keep(value.expr, domain, "keep") };
    }
    case "choice":
      return { ...value, expr: keep(value.expr, numberDomain(value.options), "keep") };
    case "address": {
      const { place } = value;
      const sets = dimensionsOf(place.storage);
      const index = place.index.map((of, k) => {
        const set_ = sets[k];
        const domain = typeof set_ === "object" ? idOrNone(set_) : indexDomain(of);
        return keep(of, domain, place.text);
      });
      return { kind: "address", place: { ...place, index } };
    }
    case "null":
    case "function":
    case "void":
      return value;
  }
}

/** Returns what the elements of a storage are numbered by, from outside in; nothing, where it is not known. */
function dimensionsOf(of: Storage): readonly Dimension[] {
  switch (of.kind) {
    case "scalar":
      return of.variable.per;
    case "link":
      return of.dimensions;
    case "struct":
      return [...of.fields.values()].map(dimensionsOf).find(({ length }) => length > 0) ?? [];
    case "array":
      return dimensionsOf(of.of);
    case "object":
      return [];
  }
}

function domainOf(body: Body, value: Value & { readonly kind: "number" }): Domain {
  if (value.sort === "truth") return { kind: "bool" };
  if (value.sort === "cpu") return { kind: "id", set: body.shared.cpuSet, none: true };
  return indexDomain(value.expr);
}

/** The domain of what an expression is: that of the variable that it reads, or any number. */
function indexDomain(of: Expr): Domain {
  if (of.op === "read") return of.variable.domain;
  if (of.op === "cpu") return { kind: "id", set: CPU, none: true };
  if (of.op === "bound" && of.set !== null) return { kind: "id", set: of.set, none: true };
  if (of.op === "if") {
    const inner = [of.then, of.else].find((part) => part.op === "read");
    if (inner !== undefined) return indexDomain(inner);
  }
  return { kind: "int", min: -(2 ** 30), max: 2 ** 30 - 1 };
}
