/** Calls through pointers: of the function that it is known to be, or of each that it may be. */
import type { Expression } from "../../parse/ast.js";
import type { Body } from "../context/context.js";
import type { Value } from "../context/values.js";
import { forEach } from "./cases.js";

/** Returns what a call through a pointer is worth. */
export function indirect(
  body: Body,
  callee: Value,
  of: Expression,
  args: readonly Expression[],
): Value {
  if (callee.kind === "function") return called(body, callee.name, of, args);
  if (callee.kind === "null") return body.refuse(of.at, `${of.text} calls NULL`);
  if (callee.kind !== "choice") return body.refuse(of.at, `${of.text}: that is no function`);
  return forEach(body, callee, of, (value) =>
    value.kind === "function"
      ? called(body, value.name, of, args)
      : body.refuse(of.at, `${of.text}: that is no function`),
  );
}

function called(body: Body, name: string, of: Expression, args: readonly Expression[]): Value {
  const found = body.shared.unit.functions.get(name);
  if (found === undefined) return body.refuse(of.at, `no such function: ${name}()`);
  return body.inline(
    found,
    args.map((arg) => body.value(arg)),
    of.at,
  );
}
