/** Macros: what they stand for, with their arguments in place. */
import type { CMacro, Expression } from "../../../parse/ast.js";
import { type Body, frameOf } from "../../context/context.js";
import type { Value } from "../../context/values.js";
import { substituteArguments } from "./macros.js";

/** Returns what a macro stands for, with its arguments in place. */
export function expanded(
  body: Body,
  macro: CMacro,
  args: readonly Expression[],
  of: Expression,
): Value {
  const frame = frameOf(body);
  if (frame.stack.length > 200) return body.refuse(of.at, `${macro.name} expands without an end`);
  const text = body.shared.macroBody(macro);
  if (text === null) return { kind: "void" };
  const parameters = new Map<string, Expression>(
    (macro.parameters ?? []).flatMap((name, at) => {
      const arg = args[at];
      return arg === undefined ? [] : [[name, arg] as const];
    }),
  );
  if (macro.isVariadic) {
    const parts = args.slice(macro.parameters?.length ?? 0);
    parameters.set("__VA_ARGS__", { at: of.at, text: "__VA_ARGS__", kind: "comma", parts });
  }
  if (body.expanding.has(macro.name)) {
    return body.refuse(of.at, `${macro.name} is defined by itself`);
  }
  body.expanding.add(macro.name);
  try {
    const made = substituteArguments(text, parameters);
    return body.calledFrom(of.at, macro.name, () => {
      if (made.kind === "expression") return body.usedAt(of.at, () => body.value(made.of));
      body.statements([{ at: of.at, kind: "block", body: made.body }]);
      return { kind: "void" };
    });
  } finally {
    body.expanding.delete(macro.name);
  }
}
