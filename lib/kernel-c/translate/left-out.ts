/** What stays wrong in code of which what nobody knows is left out, as in a driver's init function. */
import { nearest } from "../../primitives/named.js";
import type { Fault } from "../errors/index.js";
import type { CStatement } from "../parse/ast.js";
import { knownCalls } from "./call/known-calls.js";
import { bodiesOf, expressionsOf } from "./context/assignments.js";
import type { Shared } from "./context/context.js";
import { callsIn } from "./statement/calls-in.js";

/** So many letters more, fewer or others, and a name is a slip of the pen. */
const mostLetters = 2;

/** Faults, sifted. */
export interface Sifted {
  readonly standing: readonly Fault[];
  /** The calls of the statements that are left out, which nobody knows. */
  readonly leftOut: readonly string[];
}

/**
 * Returns which faults stand. Those of a statement are left out with it where it calls what nobody knows, and where it
 * calls nothing of the kernel's that the lab has: no lock depends on it. A name that is another one's but for two
 * letters is known.
 */
export function sifted({ unit, vocabulary }: Shared, faults: readonly Fault[]): Sifted {
  const known = knownCalls(unit, vocabulary);
  const isSlip = (name: string): boolean =>
    nearest(name, [...known], mostLetters).some(
      (near) => Math.abs(near.length - name.length) <= mostLetters,
    );
  const isOurs = (name: string): boolean => vocabulary.calls.has(name) || isSlip(name);
  const isKnown = (name: string): boolean => known.has(name) || isSlip(name);
  const statements = [...unit.functions.values()].flatMap(({ body }) => withInner(body));
  const told = faults.map((fault) => {
    const { start } = fault.at;
    const innermost = statements.findLast(({ at }) => at.start <= start && start < at.end);
    const names = innermost === undefined ? [] : callsOf(innermost);
    return { fault, names, stands: names.some(isOurs) && names.every(isKnown) };
  });
  const unknown = told.flatMap(({ stands, names }) => (stands ? [] : names));
  return {
    standing: told.flatMap(({ stands, fault }) => (stands ? [fault] : [])),
    leftOut: [...new Set(unknown.filter((name) => !isKnown(name)))],
  };
}

/** Returns statements, each before those within it. */
const withInner = (all: readonly CStatement[]): readonly CStatement[] =>
  all.flatMap((of) => [of, ...withInner(bodiesOf(of))]);

/** The names that a statement calls, apart from statements within it. */
const callsOf = (statement: CStatement): readonly string[] =>
  expressionsOf(statement).flatMap((of) =>
    callsIn([{ kind: "expression", of, at: of.at }]).map(({ name }) => name),
  );
