/** Two versions of a scenario: which behaviours are new, and which are gone. */
import type { Scenario } from "../../machine/index.js";
import { grouped } from "../../primitives/counted.js";
import type { ExploreOptions } from "../result/result.js";
import { type Behaviour, behavioursOf } from "./behaviours.js";

/** What a change does to what can happen. */
export interface Comparison {
  /** Can happen in the second version alone. */
  readonly added: readonly Behaviour[];
  /** Can happen in the first version alone. */
  readonly gone: readonly Behaviour[];
  /** False if either search was cut short: then what seems to be gone was perhaps not reached. */
  readonly complete: boolean;
  readonly states: { readonly before: number; readonly after: number };
}

/**
 * Returns which behaviours are new in the second version, and which are gone: steps, waits, races and failures.
 *
 * @example
 * const { gone } = compare(abba(), abba({ fixed: true }));
 * gone.filter(({ kind }) => kind === "failure").map(({ what }) => what) // ["deadlock"]
 */
export function compare(
  before: Scenario,
  after: Scenario,
  options: ExploreOptions = {},
): Comparison {
  const [was, is] = [behavioursOf(before, options), behavioursOf(after, options)];
  const without = (
    all: readonly Behaviour[],
    others: readonly Behaviour[],
  ): readonly Behaviour[] => {
    const known = new Set(others.map(keyOf));
    return all.filter((one) => !known.has(keyOf(one)));
  };
  return {
    added: without(is.all, was.all),
    gone: without(was.all, is.all),
    complete: was.complete && is.complete,
    states: { before: was.states, after: is.states },
  };
}

const keyOf = ({ kind, what }: Behaviour): string => `${kind} ${what}`;

const order = ["failure", "race", "wait", "step"] as const;

/** Returns a comparison in lines: failures first, then races, waits and steps; `+` is new, `-` is gone. */
export function printComparison({ added, gone, complete, states }: Comparison): string {
  const lines = order.flatMap((kind) => [
    ...linesOf("+", added, kind),
    ...linesOf("-", gone, kind),
  ]);
  const bounds = `${grouped(states.before)} states before, ${grouped(states.after)} after, names aside`;
  return [
    ...(lines.length === 0
      ? ["Nothing can happen that could not before, and nothing is gone."]
      : lines),
    complete
      ? bounds
      : `${bounds}; cut short, so that more may differ, and what is gone may be there`,
  ].join("\n");
}

const linesOf = (
  sign: "+" | "-",
  all: readonly Behaviour[],
  kind: Behaviour["kind"],
): readonly string[] =>
  all
    .filter((one) => one.kind === kind)
    .map(({ what }) => `${sign} ${kind.padEnd(7)} ${what}`)
    .sort();
