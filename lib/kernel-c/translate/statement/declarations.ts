/** Declarations of variables in a block, with their first values. */
import { Refused } from "../../errors/index.js";
import type { Declared, Expression } from "../../parse/ast.js";
import { deduced } from "../../parse/declarations.js";
import type { CType } from "../../types/ctype.js";
import { type Body, type Scope, frameOf } from "../context/context.js";
import type { Value } from "../context/values.js";
import { isHandle, setHandle } from "../expression/handles.js";
import { rangeOf } from "../expression/value/range.js";
import { localKey } from "./counters.js";

/** Declares variables; one that is refused hides no other, nor are those after it unknown. */
export function declareAll(body: Body, all: readonly Declared[]): void {
  const refusals: Refused[] = [];
  for (const declared of all) {
    try {
      declareOr(body, declared);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusals.push(error);
    }
  }
  const [first] = refusals;
  if (first !== undefined) throw first;
}

/** Declares a variable; where that is refused, what uses it is not refused once more. */
function declareOr(body: Body, declared: Declared): void {
  try {
    declare(body, declared);
  } catch (error) {
    const { scopes } = frameOf(body);
    const names = scopes[scopes.length - 1]?.names;
    if (names?.has(declared.name) !== true) names?.set(declared.name, { kind: "refused" });
    throw error;
  }
}

/** Declares a variable of the block, and gives it its first value. */
function declare(body: Body, declared: Declared): void {
  if (declared.type.name === deduced && declared.init?.kind === "value") {
    declare(body, { ...declared, ...deducedFrom(body, declared, declared.init.value) });
    return;
  }
  const frame = frameOf(body);
  const scope = frame.scopes[frame.scopes.length - 1];
  if (scope === undefined) return;
  const { name, init } = declared;
  const type = body.shared.declaredType(declared);
  if (isHandle(body.shared, type) && declared.sizes.length === 0) {
    declareHandle(body, scope, declared, type);
    return;
  }
  const later = frame.assigned.get(name) ?? 0;
  const once = later + (init === null ? 0 : 1) <= 1 && !declared.isStatic;
  if (once && declared.sizes.length === 0) {
    const isPointer = type.kind === "pointer" || type.kind === "code";
    if (isPointer || (init !== null && later === 0)) {
      const value = init?.kind === "value" ? body.value(init.value) : null;
      if (isPointer) {
        const kept = value === null ? null : body.frozen(pointerTyped(value), declared.at);
        scope.names.set(name, { kind: "alias", value: kept, type });
        return;
      }
      if (value !== null && body.isStable(value)) {
        scope.names.set(name, { kind: "alias", value, type });
        return;
      }
      if (value !== null) {
        if (value.kind === "number" && type.kind === "int") {
          body.shared.learned.range(localKey(frame, name), rangeOf(value.expr));
          if (value.sort === "cpu") body.shared.learned.cpus.add(localKey(frame, name));
        }
        const place = body.declare(declared);
        scope.names.set(name, { kind: "place", place });
        body.store(
          place,
          value,
          declared.at,
          `${name} = ${init?.kind === "value" ? init.value.text : ""}`,
        );
        return;
      }
    }
  }
  const place = body.declare(declared);
  const isOfCurrent = place.storage.kind === "object" && place.storage.type.ofCurrent === true;
  if (init === null || declared.isStatic || isOfCurrent) {
    scope.names.set(name, { kind: "place", place });
    return;
  }
  if (init.kind === "list") {
    scope.names.set(name, { kind: "place", place });
    body.fill(place, init);
    return;
  }
  const value = body.value(init.value);
  scope.names.set(name, { kind: "place", place });
  body.store(place, value, declared.at, `${name} = ${init.value.text}`);
}

/** The type that a variable has by its first value, whose steps are made where it is declared. */
function deducedFrom(
  body: Body,
  { type, pointers }: Declared,
  of: Expression,
): Pick<Declared, "type" | "pointers"> {
  const found: Value[] = [];
  body.collect(() => found.push(body.value(of)));
  const isNumber = found[0]?.kind === "number";
  return { type: { ...type, name: isNumber ? "int" : "void" }, pointers: isNumber ? pointers : 1 };
}

/** A handle of the block stands for another, or is one itself that a call returns. */
function declareHandle(body: Body, scope: Scope, declared: Declared, type: CType): void {
  const { name, init } = declared;
  if (init?.kind === "value" && init.value.kind !== "call") {
    const value = body.value(init.value);
    scope.names.set(name, { kind: "alias", value, type });
    return;
  }
  const place = body.declare(declared);
  scope.names.set(name, { kind: "place", place });
  if (init?.kind === "value") setHandle(body, place, init.value);
}

const pointerTyped = (value: Value): Value =>
  value.kind === "number" && value.expr.op === "const" && value.expr.value === 0
    ? { kind: "null" }
    : value;
