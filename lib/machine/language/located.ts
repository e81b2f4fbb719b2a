/** Says of statements where the text stands that they come from. */
import type { SourcePlace, Statement, Step } from "./statement.js";

/**
 * Returns statements whose steps know their place in a text; those that know one already keep it.
 *
 * @example
 * located({ file: "abba.c", line: 12, column: 2 }, [raw_spin_lock(raw_spinlock("a"))])
 */
export function located(at: SourcePlace, body: readonly Statement[]): readonly Statement[] {
  return body.map((item) => place(at, item));
}

const placed = (at: SourcePlace, step: Step): Step => (step.at === null ? { ...step, at } : step);

function place(at: SourcePlace, item: Statement): Statement {
  switch (item.kind) {
    case "step":
      return placed(at, item);
    case "choose":
      return { ...item, step: placed(at, item.step) };
    case "if":
      return { ...item, then: located(at, item.then), else: located(at, item.else) };
    case "either":
      return { ...item, arms: item.arms.map((arm) => located(at, arm)) };
    case "until": {
      const exits = item.exits.map((exit) => ({ ...exit, then: located(at, exit.then) }));
      return { ...item, exits, body: located(at, item.body) };
    }
    case "while":
    case "call":
    case "section":
      return { ...item, body: located(at, item.body) };
    case "annotate":
    case "break":
    case "continue":
    case "return":
    case "label":
    case "goto":
      return item;
  }
}
