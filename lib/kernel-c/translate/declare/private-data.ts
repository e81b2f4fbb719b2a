/** Data at file scope that one process alone reads and writes: no other sees it, so that it costs no steps. */
import {
  type Effect,
  type Element,
  type Expr,
  type Process,
  type Statement,
  type Variable,
  partsOf,
} from "../../../machine/index.js";
import type { Place, Storage } from "../../types/storage.js";
import type { Shared } from "../context/context.js";

/** The elements of each variable that a body uses. */
export type Used = ReadonlyMap<Variable, readonly Element[]>;

/** Returns the variables of the file that only the process at `which` uses. */
export function privateVariables(
  shared: Shared,
  process: Process,
  used: readonly Used[],
  which: number,
): readonly Variable[] {
  const declared = new Set(
    [...shared.globals.values(), ...[...shared.pools.values()].map(poolPlace)].flatMap(
      ({ storage }) => scalarsIn(storage),
    ),
  );
  const own = used[which] ?? new Map<Variable, readonly Element[]>();
  return [...own.entries()].flatMap(([variable, elements]) => {
    if (!declared.has(variable)) return [];
    const others = used.some((of, k) => k !== which && of.has(variable));
    return others || !isOfMember(process, variable, elements) ? [] : [variable];
  });
}

const poolPlace = ({
  storage,
  tag,
}: {
  readonly storage: Storage;
  readonly tag: string;
}): Place => ({
  storage,
  index: [],
  text: tag,
  inside: null,
});

/** Whether each member of the process's set uses its own elements. */
function isOfMember(process: Process, variable: Variable, elements: readonly Element[]): boolean {
  const { over, me, kind } = process;
  if (over === null) return true;
  const dimension = variable.per.indexOf(over);
  if (dimension < 0) return false;
  return elements.every(({ index }) => {
    const at = index[dimension];
    if (at?.op === "cpu")
      return kind !== "task" && elements.every((of) => of.index[dimension]?.op === "cpu");
    return at?.op === "bound" && at.name === me;
  });
}

function scalarsIn(of: Storage): readonly Variable[] {
  switch (of.kind) {
    case "scalar":
      return [of.variable];
    case "struct":
      return [...of.fields.values()].flatMap(scalarsIn);
    case "array":
      return scalarsIn(of.of);
    case "object":
    case "link":
      return [];
  }
}

/** Returns the variables that a process uses, in what it does and in when and where it can. */
export const usedBy = ({ body, exit = [], runs, hasCpu, cpu }: Process): Used =>
  variablesIn([...body, ...exit], [runs, hasCpu, ...(cpu === null ? [] : [cpu])]);

/** Returns the variables that statements and expressions use, and which elements of them. */
export function variablesIn(body: readonly Statement[], exprs: readonly Expr[] = []): Used {
  const found = new Map<Variable, Element[]>();
  const see = (of: Expr): void => {
    if (of.op === "read") {
      const known = found.get(of.variable);
      if (known === undefined) found.set(of.variable, [of]);
      else known.push(of);
    }
    partsOf(of).forEach(see);
  };
  const effect = (of: Effect): void => {
    switch (of.kind) {
      case "assign":
        see(of.to);
        see(of.value);
        return;
      case "if":
        see(of.test);
        [...of.then, ...of.else].forEach(effect);
        return;
      case "each":
        of.body.forEach(effect);
        return;
      case "check":
        see(of.test);
    }
  };
  const statement = (of: Statement): void => {
    switch (of.kind) {
      case "step":
        see(of.guard);
        of.effects.forEach(effect);
        return;
      case "choose":
        statement(of.step);
        return;
      case "if":
        see(of.test);
        [...of.then, ...of.else].forEach(statement);
        return;
      case "while":
        if (of.test !== null) see(of.test);
        of.body.forEach(statement);
        return;
      case "until":
        for (const { test, then } of of.exits) {
          see(test);
          then.forEach(statement);
        }
        of.body.forEach(statement);
        return;
      case "either":
        of.arms.flat().forEach(statement);
        return;
      case "call":
      case "section":
        of.body.forEach(statement);
        return;
      case "annotate":
      case "break":
      case "continue":
      case "return":
      case "label":
      case "goto":
        return;
    }
  };
  exprs.forEach(see);
  body.forEach(statement);
  return found;
}
