/** Expressions: what they are worth, and the steps that this takes. */
import { type Expr, not, sub } from "../../../machine/index.js";
import type { Expression } from "../../parse/ast.js";
import { expanded } from "./macro/expand.js";
import type { Body } from "../context/context.js";
import { assign, update } from "./assign.js";
import { logical, conditional } from "./choice.js";
import { currentTask } from "./current-task.js";
import { fold } from "./value/fold.js";
import { lookUp, unknownName } from "./place/names.js";
import { number } from "./value/number.js";
import { binary } from "./operators.js";
import { pointed } from "./place/places.js";
import { type Value, computed, literal, truthOf, truthValue } from "../context/values.js";

/** Returns what an expression is worth; what it reads and does comes before, step by step. */
export function valueOf(body: Body, of: Expression): Value {
  const known = body.shared.constant(of);
  if (known !== null) return inRange(body, known, of);
  switch (of.kind) {
    case "number":
      return inRange(body, of.value, of);
    case "string":
      return literal(1);
    case "name":
      return nameValue(body, of);
    case "unary":
      return unary(body, of);
    case "address":
      if (of.of.kind === "name" && body.shared.unit.functions.has(of.of.name)) {
        return { kind: "function", name: of.of.name };
      }
      return { kind: "address", place: body.place(of.of) };
    case "deref": {
      // `(*fn)(x)` is `fn(x)`.
      const value = body.value(of.of);
      if (value.kind === "function" || isCode(value)) return value;
      return body.load(pointed(body, value, of.of, of.at), of.at);
    }
    case "member":
    case "index":
      return body.load(body.place(of), of.at);
    case "binary":
      return binary(body, of.operator, body.value(of.left), body.value(of.right), of.at);
    case "logical":
      return logical(body, of);
    case "conditional":
      return conditional(body, of);
    case "assign":
      return assign(body, of);
    case "update":
      return update(body, of);
    case "call":
      return body.call(of);
    case "indirect":
      return body.indirect(body.value(of.of), of, of.args);
    case "cast": {
      if (of.type === "bool" || of.type === "_Bool") return truthValue(body.truth(of.of));
      const value = body.value(of.of);
      return of.type === "void" ? { kind: "void" } : value;
    }
    case "lacking":
      return body.refuse(of.at, of.message);
    case "comma": {
      let last: Value = { kind: "void" };
      for (const part of of.parts) last = body.value(part);
      return last;
    }
    case "block": {
      const before = of.body.slice(0, -1);
      const last = of.body[of.body.length - 1];
      let value: Value = { kind: "void" };
      body.statements(before);
      if (last?.kind === "expression") value = body.value(last.of);
      else if (last !== undefined) body.statements([last]);
      return value;
    }
  }
}

/** Whether a value is one of several functions. */
const isCode = (value: Value): boolean =>
  value.kind === "choice" && value.options.some((of) => of.value.kind === "function");

/** Returns whether an expression is other than 0. */
export function truth(body: Body, of: Expression): Expr {
  const value = body.value(of);
  return truthOf(value, body.shared.cpus) ?? body.refuse(of.at, `${of.text} has no value`);
}

function inRange(body: Body, value: number, of: Expression): Value {
  if (Math.abs(value) < 2 ** 31) return literal(value);
  return body.refuse(of.at, `${of.text} is too large: a value has 31 bits and a sign here`);
}

function nameValue(body: Body, of: Expression & { readonly kind: "name" }): Value {
  const { unit } = body.shared;
  const binding = lookUp(body, of.name);
  if (binding?.kind === "alias") {
    if (binding.value !== null) return binding.value;
    return body.refuse(of.at, `${of.name} has no value yet`);
  }
  if (binding !== null) return body.load(binding.place, of.at);
  if (of.name === "NULL") return { kind: "null" };
  if (of.name === "current") return currentTask(body, of.at);
  const macro = unit.macros.get(of.name);
  if (macro?.parameters === null) return expanded(body, macro, [], of);
  if (unit.functions.has(of.name)) return { kind: "function", name: of.name };
  if (body.shared.vocabulary.calls.has(of.name)) {
    const row = body.shared.vocabulary.calls.get(of.name);
    if (row?.takes === "(name)") {
      return body.call({
        kind: "call",
        at: of.at,
        text: of.text,
        name: of.name,
        nameAt: of.at,
        args: [],
      });
    }
  }
  return body.refuse(of.at, unknownName(body, of.name));
}

function unary(body: Body, of: Expression & { readonly kind: "unary" }): Value {
  if (of.operator === "!") return truthValue(fold(not(body.truth(of.of))));
  const value = number(body, body.value(of.of), of.at);
  switch (of.operator) {
    case "-":
      return computed(fold(sub(0, value)));
    case "+":
      return computed(value);
    case "~":
      return computed(fold(sub(sub(0, value), 1)));
  }
}
