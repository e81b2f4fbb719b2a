/** A thing that is known at run time alone: what is done with it is done for each that it may be. */
import { type Element, type Expr, type Statement, eq, set } from "../../../machine/index.js";
import type { Expression } from "../../parse/ast.js";
import type { Body } from "../context/context.js";
import { type Option, type Value, held } from "../context/values.js";
import type { Choice } from "../expression/place/choices.js";
import { checkNotNull } from "../expression/place/checked.js";

/** Says that a call has to be made for each thing that an argument may be. */
export class Cases extends Error {
  override readonly name = "Cases";

  constructor(
    readonly which: number,
    readonly choice: Choice,
    /** What reading the argument took. */
    readonly steps: readonly Statement[],
  ) {
    super("an argument is known at run time alone");
  }
}

/** Does something for each thing that a pointer may lead to; NULL is a misuse. Returns what that is worth. */
export function forEach(
  body: Body,
  choice: Choice,
  of: Expression,
  run: (value: Option["value"]) => Value,
): Value {
  const { options, expr: which } = choice;
  if (options.length === 0) return body.refuse(of.at, `${of.text} leads nowhere`);
  checkNotNull(body, choice.expr, of);
  const results: Value[] = [];
  const arms = options.map(({ value }) =>
    body.collect(() => {
      results.push(run(value));
    }),
  );
  const result = resultOf(body, results);
  const all = arms.map((steps, k): readonly Statement[] => {
    const value = results[k];
    if (result === null || value === undefined) return steps;
    return [...steps, set(result, body.fitting(value, result, of.at), "result")];
  });
  body.emit(of.at, ...chain(which, options, all));
  return result === null ? { kind: "void" } : held(result, null);
}

function chain(
  which: Expr,
  [option, ...more]: readonly Option[],
  [arm = [], ...arms]: readonly (readonly Statement[])[],
): readonly Statement[] {
  if (option === undefined) return [];
  if (more.length === 0) return arm;
  const test = eq(which, option.number);
  return [{ kind: "if", test, then: arm, else: chain(which, more, arms) }];
}

/** Where the values of all arms are put; null where there are none. */
function resultOf(body: Body, values: readonly Value[]): Element | null {
  const [first] = values;
  if (first === undefined || values.some(({ kind }) => kind === "void")) return null;
  const pointer = values.find((value) => value.kind === "pointer");
  if (pointer !== undefined) return body.temporary({ kind: "id", set: pointer.set, none: true });
  const isTruth = values.every((value) => value.kind === "number" && value.sort === "truth");
  if (isTruth) return body.temporary({ kind: "bool" });
  return body.temporary({ kind: "int", min: -(2 ** 30), max: 2 ** 30 - 1 });
}
