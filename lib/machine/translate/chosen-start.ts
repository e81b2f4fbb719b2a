/**
 * First values that are chosen: a process more, whose one step gives each of these variables one of its values
 * before anybody else can move. So a schedule says with which it began.
 */
import { type Expr, and, at, ended, expr, or } from "../language/expr.js";
import type { Process } from "../language/process-type.js";
import type { Scenario } from "../language/scenario.js";
import { either } from "../language/control-flow.js";
import { type Effect, assign } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import type { Variable } from "../language/variable.js";
import type { Flow } from "./control-flow/flow-type.js";
import { readsOf } from "./data-flow/live-variables.js";
import { elementName, indices } from "./resolve/slots.js";

/** The name of the process that chooses. */
const name = "start";

/** More beginnings than this are too many to be tried. */
const mostBeginnings = 4096;

/**
 * Returns a scenario with the process that chooses; null if nothing is to be chosen, or it is there.
 *
 * @throws RangeError if there are too many beginnings
 */
export function withStart(scenario: Scenario, flows: readonly Flow[]): Scenario | null {
  if (scenario.processes.some(({ chooses }) => chooses === true)) return null;
  const chosen = chosenIn(scenario, flows);
  if (chosen.length === 0) return null;
  const begun = ended(name);
  const choosing: Process = {
    name,
    kind: "task",
    over: null,
    me: "",
    cpu: null,
    runs: expr(true),
    hasCpu: expr(false),
    body: [beginnings(scenario, chosen)],
    chooses: true,
  };
  const afterwards = (holds: Expr): Expr => or({ op: "not", of: begun }, holds);
  return {
    ...scenario,
    processes: [
      ...scenario.processes.map((one) => ({ ...one, runs: and(begun, one.runs) })),
      choosing,
    ],
    always: scenario.always.map((one) => ({ ...one, holds: afterwards(one.holds) })),
  };
}

function chosenIn(scenario: Scenario, flows: readonly Flow[]): readonly Variable[] {
  const found = new Set<Variable>();
  const see = (of: Expr): void => {
    for (const variable of readsOf(of)) if (variable.startsAs !== undefined) found.add(variable);
  };
  const visit = (effect: Effect): void => {
    switch (effect.kind) {
      case "assign":
        see(effect.to);
        see(effect.value);
        return;
      case "if":
        see(effect.test);
        for (const inner of [...effect.then, ...effect.else]) visit(inner);
        return;
      case "each":
        for (const inner of effect.body) visit(inner);
        return;
      case "check":
        see(effect.test);
    }
  };
  for (const { guard, effects } of flows.flatMap(({ edges }) => edges)) {
    see(guard);
    for (const effect of effects) visit(effect);
  }
  for (const { holds } of [...scenario.always, ...scenario.quiescent, ...scenario.finally])
    see(holds);
  return [...found];
}

function beginnings(scenario: Scenario, chosen: readonly Variable[]): Statement {
  const elements = chosen.flatMap((variable) =>
    indices(variable, scenario).map((index) => ({ variable, index })),
  );
  const count = elements.reduce((n, { variable }) => n * (variable.startsAs?.length ?? 1), 1);
  if (count > mostBeginnings) {
    throw new RangeError(
      `scenario "${scenario.name}": ${String(count)} beginnings are chosen among, and ${String(mostBeginnings)} are the most; ` +
        "let fewer variables start as anyOf() several values",
    );
  }
  let all: readonly { readonly label: readonly string[]; readonly then: readonly Effect[] }[] = [
    { label: [], then: [] },
  ];
  for (const { variable, index } of elements) {
    all = all.flatMap(({ label, then }) =>
      (variable.startsAs ?? []).map((value) => ({
        label: [...label, `${elementName(variable, index)} = ${String(value)}`],
        then: [...then, assign(at(variable, ...index), value)],
      })),
    );
  }
  return either(...all.map(({ label, then }) => [step(label.join(", "), { then })]));
}
