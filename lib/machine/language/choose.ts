/** A choice among members of a set or among integers. */
import { isRecord } from "../../primitives/record.js";
import { shown } from "../../primitives/shown.js";
import { type Expr, expr } from "./expr.js";
import { type IdSet, expectSet } from "./id-set.js";
import type { Statement, Step } from "./statement.js";
import type { Domain } from "./variable.js";

/**
 * Returns a step in which any member of a set, or any of some integers, may be picked, for which the step's guard
 * holds.
 *
 * @param over a set, the domain of some integers, or a list of them
 * @example
 * const target = variable("target", id(CPU));
 * choose(CPU, (cpu) => step("select_task_rq", { then: [assign(at(target), cpu)] })).kind // "choose"
 * @example
 * const coin = variable("coin", int(0, 9));
 * choose(int(1, 6), (thrown) => step("throw", { then: [assign(coin, thrown)] })).kind // "either"
 */
export function choose(
  over: IdSet | Domain | readonly number[],
  pick: (member: Expr) => Step,
): Statement {
  const given: unknown = pick;
  if (typeof given !== "function") {
    throw new TypeError(
      `choose(): what is done with the one that is picked is wanted, as in (one) => step(...), and not ${shown(given)}`,
    );
  }
  const integers = integersOf(over);
  if (integers?.length === 0) throw new TypeError("choose(): there is nothing to choose among");
  if (integers !== null) {
    const arms = integers.map((value) => {
      const one = pick(expr(value));
      return [{ ...one, label: `${one.label} (${String(value)})` }];
    });
    return { kind: "either", arms };
  }
  expectSet("choose()", over);
  const name = `chosen ${over.name}`;
  return { kind: "choose", set: over, name, step: pick({ op: "bound", name, set: over }) };
}

/** The integers that are chosen among; null of a set. */
function integersOf(over: IdSet | Domain | readonly number[]): readonly number[] | null {
  if (isList(over)) return over;
  const given: unknown = over;
  if (!isRecord(given)) return null;
  if (over.kind === "bool") return [0, 1];
  if (over.kind !== "int") return null;
  const { min, max } = over;
  if (max - min >= mostChosen) {
    throw new RangeError(
      `choose(): int(${String(min)}, ${String(max)}) are more than ${String(mostChosen)} to choose among, each with a state of its own`,
    );
  }
  return Array.from({ length: max - min + 1 }, (_, at) => min + at);
}

const isList = (over: object): over is readonly number[] => Array.isArray(over);

/** More integers are not chosen among: each is a state. */
const mostChosen = 1024;
