/** Says of statements where the text stands that they come from. */
import type { SourcePlace, Statement, Step } from "./statement.js";

/** What is said of steps. */
interface Said {
  readonly at: SourcePlace;
  readonly keepsCpu: boolean;
}

/**
 * Returns statements whose steps know their place in a text; those that know one already keep it.
 *
 * @param options `keepsCpu`: whether a task that waits for a mutex keeps the CPU that it shares; false by default,
 *   and then it is refused
 * @example
 * located({ file: "abba.c", line: 12, column: 2 }, [raw_spin_lock(raw_spinlock("a"))])
 */
export function located(
  at: SourcePlace,
  body: readonly Statement[],
  { keepsCpu = false } = {},
): readonly Statement[] {
  return all({ at, keepsCpu }, body);
}

const all = (said: Said, body: readonly Statement[]): readonly Statement[] =>
  body.map((item) => place(said, item));

const placed = ({ at, keepsCpu }: Said, step: Step): Step => {
  if (step.at !== null && !(keepsCpu && step.sleeping !== null)) return step;
  return { ...step, at: step.at ?? at, sleeping: keepsCpu ? null : step.sleeping };
};

function place(said: Said, item: Statement): Statement {
  switch (item.kind) {
    case "step":
      return placed(said, item);
    case "choose":
      return { ...item, step: placed(said, item.step) };
    case "if":
      return { ...item, then: all(said, item.then), else: all(said, item.else) };
    case "either":
      return { ...item, arms: item.arms.map((arm) => all(said, arm)) };
    case "until": {
      const exits = item.exits.map((exit) => ({ ...exit, then: all(said, exit.then) }));
      return { ...item, exits, body: all(said, item.body) };
    }
    case "while":
    case "call":
    case "section":
      return { ...item, body: all(said, item.body) };
    case "annotate":
    case "break":
    case "continue":
    case "return":
    case "label":
    case "goto":
      return item;
  }
}
