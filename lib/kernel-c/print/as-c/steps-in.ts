/** The steps of statements. */
import type { Statement, Step } from "../../../machine/index.js";

/** Returns all steps of statements, in the order in which they stand. */
export function stepsIn(body: readonly Statement[]): readonly Step[] {
  return body.flatMap((of): readonly Step[] => {
    switch (of.kind) {
      case "step":
        return [of];
      case "choose":
        return [of.step];
      case "call":
      case "section":
      case "while":
        return stepsIn(of.body);
      case "until":
        return stepsIn([...of.exits.flatMap(({ then }) => then), ...of.body]);
      case "if":
        return stepsIn([...of.then, ...of.else]);
      case "either":
        return stepsIn(of.arms.flat());
      case "annotate":
      case "break":
      case "continue":
      case "return":
      case "label":
      case "goto":
        return [];
    }
  });
}
