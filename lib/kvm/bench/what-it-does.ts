/** What a scenario does, apart from its names and from what lockdep is told: `raw_spin_lock_nested()` locks. */
import type { Counterexample, Result } from "../../explore/index.js";
import type { Change, Model, Scenario } from "../../machine/index.js";

/** What a scenario does. */
export interface WhatItDoes {
  /** The same for scenarios that do the same, wherever their lines stand. */
  readonly key: string;
  /** What is said where a check fails, in the order of the checks: it names lines. */
  readonly messages: readonly string[];
}

/** Returns what a model does. */
export function whatItDoes(model: Model): WhatItDoes {
  const { slots, processes, always, quiescent, finally: atEnd, transitions } = model;
  const does = [
    slots.map(({ min, max, init }) => [min, max, init]),
    processes.map(({ kind, cpu, runs, ends, rests, leaving }) => [
      [kind, cpu, runs, [...ends], [...rests]],
      leaving.flat().map(({ from, to, guard, changes }) => [from, to, guard, changes]),
    ]),
    [...always, ...quiescent, ...atEnd],
  ];
  return {
    key: JSON.stringify(does, (name, value: unknown) =>
      name === "message" && typeof value === "string" ? withoutLine(value) : value,
    ),
    messages: transitions.flatMap(({ changes }) => messagesIn(changes)),
  };
}

const withoutLine = (message: string): string => message.replace(/(\.[ch]):\d+/, "$1");

const messagesIn = (changes: readonly Change[]): readonly string[] =>
  changes.flatMap((change) => {
    if (change.kind === "if") return [...messagesIn(change.then), ...messagesIn(change.else)];
    return change.kind === "check" ? [change.message] : [];
  });

/** What was found of a scenario. */
export interface Found {
  readonly result: Result;
  /** What is said where one of its checks fails. */
  readonly messages: readonly string[];
}

/** Returns what was found of a scenario as it is told of another that does the same: with that one's lines. */
export function toldOf(
  scenario: Scenario,
  messages: readonly string[],
  { result: found, messages: known }: Found,
): Result {
  if (found.scenario === scenario) return found;
  const told = ([property, one]: readonly [string, Counterexample]) => {
    const at = known.findIndex((message) => one.message.includes(message));
    const message = one.message.replace(known[at] ?? "", messages[at] ?? "");
    return [property, { ...one, message }] as const;
  };
  const violations = Object.fromEntries(Object.entries(found.violations).map(told));
  return { ...found, scenario, violations };
}
