/** Facts on their way to a step: lockdep is told them with the step that comes next, or came last. */
import type { FactTemplate } from "../../language/effect.js";
import type { Statement } from "../../language/statement.js";
import type { StackedFact } from "../../model/stacked-fact.js";

/** Facts that come right before and right after what is being translated. */
export interface Around {
  readonly before: readonly StackedFact[];
  readonly after: readonly StackedFact[];
}

/** No facts. */
export const bare: Around = { before: [], after: [] };

/** Returns facts with the stack that they are told from. */
export const stacked = (
  facts: readonly FactTemplate[],
  stack: readonly string[],
): readonly StackedFact[] => facts.map((fact) => ({ fact, stack }));

/** Returns whether a statement is no step of the machine: facts alone, or a call that holds nothing else. */
export function isAnnotation(item: Statement): boolean {
  return item.kind === "annotate" || (item.kind === "call" && item.body.every(isAnnotation));
}

/** Returns the facts of an annotation; none of any other statement. */
export function annotated(item: Statement, stack: readonly string[]): readonly StackedFact[] {
  switch (item.kind) {
    case "annotate":
      return stacked(item.facts, stack);
    case "call":
      return item.body.flatMap((inner) => annotated(inner, [item.name, ...stack]));
    case "step":
    case "choose":
    case "if":
    case "while":
    case "until":
    case "either":
    case "section":
    case "label":
    case "goto":
    case "break":
    case "continue":
    case "return":
      return [];
  }
}
