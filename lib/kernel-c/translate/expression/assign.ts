/** Expressions that change a variable. */
import type { Expression } from "../../parse/ast.js";
import type { Place } from "../../types/storage.js";
import type { Body } from "../context/context.js";
import { lookUp } from "./place/names.js";
import { setHandle, handleOf } from "./handles.js";
import { binary } from "./operators.js";
import { type Value, literal } from "../context/values.js";

export function assign(body: Body, of: Expression & { readonly kind: "assign" }): Value {
  if (of.operator === "=") {
    const callback = callbackOf(body, of);
    if (callback !== null) return callback;
    const binding = of.to.kind === "name" ? lookUp(body, of.to.name) : null;
    const handle = binding?.kind === "alias" ? null : handleOf(body, of.to);
    if (handle !== null) return setHandle(body, handle, of.value);
    const value = body.value(of.value);
    if (binding?.kind === "alias") {
      binding.value = body.frozen(value, of.at);
      return value;
    }
    const place = body.place(of.to);
    body.store(place, value, of.at, of.text);
    return value;
  }
  const place = body.place(of.to);
  learnCounted(body, place);
  const operator = of.operator.slice(0, -1);
  const before = body.load(place, of.to.at);
  const after = binary(body, operator, before, body.value(of.value), of.at);
  body.store(place, after, of.at, of.text);
  return after;
}

export function update(body: Body, of: Expression & { readonly kind: "update" }): Value {
  const place = body.place(of.of);
  learnCounted(body, place);
  const before = body.load(place, of.of.at);
  // What the expression is worth is asked after the variable has changed.
  const kept = of.prefix ? before : body.frozen(before, of.at);
  const after = binary(body, of.operator === "++" ? "+" : "-", before, literal(1), of.at);
  body.store(place, after, of.at, of.text);
  return of.prefix ? after : kept;
}

function learnCounted(body: Body, { storage }: Place): void {
  if (storage.kind === "scalar") body.shared.learned.counted.add(storage.key);
}

/** `timer->function = expired`: what an object of the vocabulary calls. */
function callbackOf(body: Body, of: Expression & { readonly kind: "assign" }): Value | null {
  const { to, value } = of;
  if (to.kind !== "member" || !["function", "func", "callback"].includes(to.field)) return null;
  const base = to.arrow ? body.value(to.of) : null;
  const place = base?.kind === "address" ? base.place : to.arrow ? null : body.place(to.of);
  if (place?.storage.kind !== "object") return null;
  const same = body.shared.places.same(place);
  const given = body.value(value);
  if (same === null || given.kind !== "function") {
    return body.refuse(value.at, `${value.text}: a function of this file is wanted`);
  }
  body.shared.world.note("function", same.text, given.name);
  return given;
}
