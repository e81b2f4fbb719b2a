/** Several statements as the effects of one step. */
import { type Expr, type Statement, type Step, and, expr, when } from "../../../machine/index.js";

/** What a step does. */
export type OneStep = Pick<Step, "guard" | "effects" | "facts" | "end"> & {
  /** The choice that it begins with; null of none. */
  readonly pick: Extract<Statement, { readonly kind: "choose" }> | null;
};

/**
 * Returns statements as one step, or as several of which one is taken where they begin with a choice; a sentence
 * that says why not, where they are none.
 */
export function inOneStep(statements: readonly Statement[]): readonly OneStep[] | string {
  let ways: readonly OneStep[] = [nothing];
  for (const one of statements) {
    const made = waysOf(one);
    if (typeof made === "string") return made;
    const begun = ways.some(({ effects }) => effects.length > 0);
    const chosen = made.length > 1 || made.some(({ pick }) => pick !== null);
    if (begun && chosen) return choice;
    const waits = made.some(({ guard }) => !isTrue(guard));
    if (begun && waits) return "what waits for something has to stand first";
    ways = ways.flatMap((before) => made.map((after) => both(before, after)));
  }
  return ways;
}

const isTrue = (of: Expr): boolean => of.op === "const" && of.value !== 0;
const nothing: OneStep = { guard: expr(true), effects: [], facts: [], end: false, pick: null };
const choice = "a choice between several stands first, or before it";

const both = (before: OneStep, after: OneStep): OneStep => ({
  guard: isTrue(after.guard) ? before.guard : and(before.guard, after.guard),
  effects: [...before.effects, ...after.effects],
  facts: [...before.facts, ...after.facts],
  end: after.end === false ? before.end : after.end,
  pick: after.pick ?? before.pick,
});

function waysOf(of: Statement): readonly OneStep[] | string {
  switch (of.kind) {
    case "step":
      return [{ ...of, pick: null }];
    case "call":
    case "section":
      return inOneStep(of.body);
    case "annotate":
      return [{ ...nothing, facts: of.facts }];
    case "if":
      return branched(of.test, of.then, of.else);
    case "either": {
      const branch = branchOf(of.arms);
      if (branch !== null) return branched(branch.test, branch.then, branch.else);
      const arms = of.arms.map(inOneStep);
      const failed = arms.find((arm) => typeof arm === "string");
      return failed ?? arms.flatMap((arm) => (typeof arm === "string" ? [] : arm));
    }
    case "choose":
      return [{ ...of.step, pick: of }];
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

/** A choice whose second arm is taken where the first is not. */
function branchOf(arms: readonly (readonly Statement[])[]): {
  readonly test: Expr;
  readonly then: readonly Statement[];
  readonly else: readonly Statement[];
} | null {
  const [[first, ...then] = [], [second, ...otherwise] = [], ...more] = arms;
  if (first?.kind !== "step" || second?.kind !== "step" || more.length > 0) return null;
  const { guard } = second;
  const isBranch = guard.op === "not" && guard.of === first.guard;
  return isBranch ? { test: first.guard, then, else: otherwise } : null;
}

function branched(
  test: Expr,
  then: readonly Statement[],
  otherwise: readonly Statement[],
): readonly OneStep[] | string {
  const one = inOneStep(then);
  const other = inOneStep(otherwise);
  if (typeof one === "string") return one;
  if (typeof other === "string") return other;
  const all = [...one, ...other];
  const [first, second] = all;
  if (first === undefined || second === undefined || all.length > 2) return choice;
  if (first.pick !== null || second.pick !== null) return choice;
  if (!isTrue(first.guard) || !isTrue(second.guard)) return "nothing inside of if () can wait";
  if (first.facts.length > 0 || second.facts.length > 0) {
    return "what lockdep is told does not depend on a condition here";
  }
  return [{ ...nothing, effects: [when(test, first.effects, second.effects)] }];
}
