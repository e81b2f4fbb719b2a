/** What stands inside of statements. */
import type { Statement, Step } from "../../../machine/index.js";

/** Returns the statements that stand directly inside of one, in their order. */
export function inside(of: Statement): readonly Statement[] {
  switch (of.kind) {
    case "choose":
      return [of.step];
    case "call":
    case "section":
    case "while":
      return of.body;
    case "until":
      return [...of.exits.flatMap(({ then }) => then), ...of.body];
    case "if":
      return [...of.then, ...of.else];
    case "either":
      return of.arms.flat();
    case "step":
    case "annotate":
    case "break":
    case "continue":
    case "return":
    case "label":
    case "goto":
      return [];
  }
}

/** Returns all steps of statements, in the order in which they stand. */
export const stepsIn = (body: readonly Statement[]): readonly Step[] =>
  body.flatMap((of) => (of.kind === "step" ? [of] : stepsIn(inside(of))));
