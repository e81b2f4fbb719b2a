/** Whether some way always leads on: where none does, somebody waits. */
import type { Expr } from "../../language/expr.js";
import { printTest } from "../../language/print-expr.js";
import type { FlowEdge } from "../control-flow/flow-type.js";

/** So many conditions are tried both ways; of more it is not known. */
const mostConditions = 8;

/**
 * Returns whether one of some edges can always be taken, whatever their variables are: `x` and `not(x)`, say. Of a
 * choice that has a condition it is not known: nobody may be there to be picked.
 */
export function isExhaustive(edges: readonly FlowEdge[]): boolean {
  const guards = edges.flatMap(({ guard, pick }) =>
    pick === null || guard.op === "const" ? [guard] : [],
  );
  return oneHolds(guards, new Map());
}

function oneHolds(guards: readonly Expr[], known: ReadonlyMap<string, boolean>): boolean {
  const values = guards.map((guard) => valueOf(guard, known));
  if (values.includes(true)) return true;
  const open = values.find((value) => typeof value === "string");
  if (typeof open !== "string" || known.size >= mostConditions) return false;
  return [true, false].every((value) => oneHolds(guards, new Map([...known, [open, value]])));
}

/** What a condition is worth, or the first of its parts that decides it and is not known. */
function valueOf(of: Expr, known: ReadonlyMap<string, boolean>): boolean | string {
  if (of.op === "const") return of.value !== 0;
  if (of.op === "not") return opposite(valueOf(of.of, known));
  if (of.op === "binary") {
    switch (of.by) {
      case "and":
      case "or": {
        const decides = of.by === "or";
        const [left, right] = [valueOf(of.left, known), valueOf(of.right, known)];
        if (left === decides || right === decides) return decides;
        return typeof left === "string" ? left : right;
      }
      case "!=":
        return opposite(valueOf({ ...of, by: "==" }, known));
      case "<=":
        return opposite(valueOf({ ...of, by: "<", left: of.right, right: of.left }, known));
      default:
    }
  }
  const condition = printTest(of);
  return known.get(condition) ?? condition;
}

const opposite = (value: boolean | string): boolean | string =>
  typeof value === "string" ? value : !value;
