/**
 * What a local variable was just given, in its place (copy propagation): a step that copies an index and then
 * uses the copy touches one element, and not any that the copy could have named.
 */
import type { Element, Expr } from "../../language/expr.js";
import type { Effect } from "../../language/effect.js";
import type { Variable } from "../../language/variable.js";
import type { Flow } from "../control-flow/flow-type.js";
import { replaced, readsVariable, same } from "./substitute.js";

/** The value that each local variable has at this point of a step, and where it was stored. */
type Copies = Map<Variable, { readonly index: readonly Expr[]; readonly value: Expr }>;

/** Returns a flow in whose steps local variables are replaced by what the same step has stored in them. */
export function propagateCopies(flow: Flow, locals: readonly Variable[]): Flow {
  const own = new Set(locals);
  return {
    ...flow,
    edges: flow.edges.map((edge) => ({
      ...edge,
      effects: edge.effects.length < 2 ? edge.effects : inOrder(edge.effects, own, new Map()),
    })),
  };
}

function inOrder(
  effects: readonly Effect[],
  own: ReadonlySet<Variable>,
  copies: Copies,
): readonly Effect[] {
  return effects.map((effect): Effect => {
    switch (effect.kind) {
      case "assign": {
        const index = effect.to.index.map((at) => current(at, copies));
        const value = current(effect.value, copies);
        const { variable } = effect.to;
        forget(copies, variable);
        if (own.has(variable) && isCopy(value, variable) && !readsVariable(value, variable)) {
          copies.set(variable, { index, value });
        }
        return { ...effect, to: { ...effect.to, index }, value };
      }
      case "if": {
        const test = current(effect.test, copies);
        const then = inOrder(effect.then, own, new Map(copies));
        const otherwise = inOrder(effect.else, own, new Map(copies));
        forgetAll(copies, [...effect.then, ...effect.else]);
        return { ...effect, test, then, else: otherwise };
      }
      case "each": {
        forgetAll(copies, effect.body);
        return { ...effect, body: inOrder(effect.body, own, new Map(copies)) };
      }
      case "check":
        return { ...effect, test: current(effect.test, copies) };
    }
  });
}

/** Returns an expression with what is stored in local variables in their place. */
function current(of: Expr, copies: Copies): Expr {
  if (copies.size === 0) return of;
  return replaced(of, (read) => {
    const copy = copies.get(read.variable);
    const there = copy?.index.every((at, k) => same(at, read.index[k] ?? { op: "self" }));
    return copy !== undefined && there === true ? copy.value : null;
  });
}

/** Forgets what is no longer so once a variable is stored. */
function forget(copies: Copies, variable: Variable): void {
  for (const [copy, { index, value }] of copies) {
    const stale = [value, ...index].some((of) => readsVariable(of, variable));
    if (copy === variable || stale) copies.delete(copy);
  }
}

function forgetAll(copies: Copies, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === "assign") forget(copies, effect.to.variable);
    else if (effect.kind === "if") forgetAll(copies, [...effect.then, ...effect.else]);
    else if (effect.kind === "each") forgetAll(copies, effect.body);
  }
}

/** Whether an element may lie outside its array: that is a misuse where it is read. */
const mayReadBeyond = ({ variable, index }: Element): boolean =>
  index.some((at, k) => typeof variable.per[k] === "number" && at.op !== "const");

/** Whether a value is no more work than the variable, and surely what that holds afterwards. */
function isCopy(value: Expr, { domain }: Variable): boolean {
  if (value.op === "cpu" || value.op === "bound") return domain.kind === "id";
  if (value.op !== "read" || mayReadBeyond(value)) return false;
  const from = value.variable.domain;
  if (from.kind !== domain.kind) return false;
  if (from.kind === "id" && domain.kind === "id") return from.set === domain.set && domain.none;
  if (from.kind !== "int" || domain.kind !== "int") return true;
  return from.min >= domain.min && from.max <= domain.max;
}
