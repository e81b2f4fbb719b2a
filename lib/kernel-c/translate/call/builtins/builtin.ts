/** What kernel C is written with besides its primitives: a call that is worth something, or names a place. */
import type { Expression } from "../../../parse/ast.js";
import type { Place } from "../../../types/storage.js";
import type { Body, CallExpression } from "../../context/context.js";
import type { Value } from "../../context/values.js";

/** How a call is made. */
export interface Builtin<T> {
  readonly takes: string;
  readonly run: (body: Body, of: CallExpression) => T;
}

/** Returns an argument. */
export function argument(body: Body, of: CallExpression, at: number): Expression {
  return of.args[at] ?? body.refuse(of.at, `${of.name}() lacks an argument`);
}

/** Returns the place that an address leads to. */
export function target(body: Body, of: CallExpression, at: number): Place {
  const given = argument(body, of, at);
  const value = body.value(given);
  if (value.kind === "address") return value.place;
  return body.place({ at: given.at, text: `*${given.text}`, kind: "deref", of: given });
}

/** What an argument is worth. */
export const value: Builtin<Value> = {
  takes: "x",
  run: (body, of) => body.value(argument(body, of, 0)),
};

/** The place that an argument names. */
export const named: Builtin<Place> = {
  takes: "x",
  run: (body, of) => body.place(argument(body, of, 0)),
};

/** Calls by name. */
export type Builtins<T> = Readonly<Record<string, Builtin<T>>>;
