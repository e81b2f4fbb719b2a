/** Several statements as the effects of one step. */
import {
  type Effect,
  type Expr,
  type FactTemplate,
  type Statement,
  type Step,
  expr,
  when,
} from "../../../machine/index.js";

/** What a step does. */
export type OneStep = Pick<Step, "guard" | "effects" | "facts" | "end"> & {
  /** The choice that it begins with; null of none. */
  readonly pick: Extract<Statement, { readonly kind: "choose" }> | null;
};

/** Returns statements as one step; a sentence that says why not, where they are none. */
export function inOneStep(statements: readonly Statement[]): OneStep | string {
  let guard: Expr = expr(true);
  let end: Step["end"] = false;
  let pick: OneStep["pick"] = null;
  const effects: Effect[] = [];
  const facts: FactTemplate[] = [];
  for (const one of statements) {
    const made = oneOf(one);
    if (typeof made === "string") return made;
    if (made.pick !== null) {
      if (effects.length > 0) return choice;
      pick = made.pick;
    }
    if (!isTrue(made.guard)) {
      if (effects.length > 0) return "what waits for something has to stand first";
      guard = made.guard;
    }
    if (made.end !== false) end = made.end;
    effects.push(...made.effects);
    facts.push(...made.facts);
  }
  return { guard, effects, facts, end, pick };
}

const isTrue = (of: Expr): boolean => of.op === "const" && of.value !== 0;
const nothing = { guard: expr(true), facts: [], end: false, pick: null } as const;

function oneOf(of: Statement): OneStep | string {
  switch (of.kind) {
    case "step":
      return { ...of, pick: null };
    case "call":
    case "section":
      return inOneStep(of.body);
    case "annotate":
      return { ...nothing, effects: [], facts: of.facts };
    case "if":
      return branched(of.test, of.then, of.else);
    case "either": {
      const [then, otherwise, ...more] = of.arms;
      const [first, ...rest] = then ?? [];
      const [second, ...last] = otherwise ?? [];
      if (first?.kind !== "step" || second?.kind !== "step" || more.length > 0) return choice;
      const { guard } = second;
      if (guard.op !== "not" || guard.of !== first.guard) return choice;
      return branched(first.guard, rest, last);
    }
    case "choose":
      return { ...of.step, pick: of };
    case "while":
    case "until":
    case "break":
    case "continue":
    case "return":
    case "label":
    case "goto":
      return "loops and jumps are more than one step: write if () ... else ...";
  }
}

const choice = "a choice between several stands first, or before it";

function branched(
  test: Expr,
  then: readonly Statement[],
  otherwise: readonly Statement[],
): OneStep | string {
  const one = inOneStep(then);
  const other = inOneStep(otherwise);
  if (typeof one === "string") return one;
  if (typeof other === "string") return other;
  if (one.pick !== null || other.pick !== null) return choice;
  if (!isTrue(one.guard) || !isTrue(other.guard)) return "nothing inside of if () can wait";
  if (one.facts.length > 0 || other.facts.length > 0) {
    return "what lockdep is told does not depend on a condition here";
  }
  return { ...nothing, effects: [when(test, one.effects, other.effects)] };
}
