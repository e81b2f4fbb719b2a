/** `switch`: a jump to one of its cases. */
import { type Statement, eq } from "../../../machine/index.js";
import type { CStatement } from "../../parse/ast.js";
import { type Body, type JumpTarget, frameOf } from "../context/context.js";
import { number } from "../expression/value/number.js";
import { onTest } from "./branch.js";

/** Goes to the case of a value, and on from there. */
export function switchOn(body: Body, of: CStatement & { readonly kind: "switch" }): void {
  const frame = frameOf(body);
  const value = body.frozen(body.value(of.of), of.of.at);
  const tested = number(body, value, of.of.at);
  const out: JumpTarget = { label: body.fresh("break"), depth: frame.scopes.length, used: false };
  const arms = of.body.map((one): JumpTarget | null =>
    one.kind === "case"
      ? { label: body.fresh("case"), depth: frame.scopes.length, used: false }
      : null,
  );
  for (const [at, one] of of.body.entries()) {
    const target = arms[at];
    if (one.kind !== "case" || one.value === null || target == null) continue;
    const label = body.shared.constant(one.value);
    if (label === null) {
      body.shared.faults.add(one.value.at, `${one.value.text} is no constant`);
      continue;
    }
    const isIt = eq(tested, label);
    body.emit(one.at, onTest(isIt, `case ${one.value.text}`, goTo(target), []));
  }
  const otherwise = of.body.findIndex((one) => one.kind === "case" && one.value === null);
  const rest = arms[otherwise] ?? out;
  rest.used = true;
  frame.breaks.push(out);
  const inside = body.collect(() => {
    for (const [at, one] of of.body.entries()) {
      const target = arms[at];
      if (target != null) body.emit(one.at, { kind: "label", name: target.label });
      else body.statements([one]);
    }
  });
  frame.breaks.pop();
  body.emit(of.at, ...goTo(rest), ...inside);
  out.used = true;
  body.emit(of.at, { kind: "label", name: out.label });
}

function goTo(target: JumpTarget): readonly Statement[] {
  target.used = true;
  return [{ kind: "goto", name: target.label }];
}
