/**
 * Steps on what no other process sees take no time: each is done with the step before it.
 *
 * A location from which only such steps lead is left out; what leads to it leads on. Conditions that were
 * tested there are tested beforehand, as what they are worth then (`before()`).
 */
import type { Expr } from "../../language/expr.js";
import type { Variable } from "../../language/variable.js";
import type { Flow, FlowEdge } from "../control-flow/flow-type.js";
import { joined } from "./join-edges.js";
import { LocalSteps, isNever } from "./local-steps.js";

/** Returns the flow in which steps on local variables alone are part of the step before. */
export function runLocals(given: Flow, locals: readonly Variable[]): Flow {
  const steps = new LocalSteps(given, new Set(locals));
  const made: FlowEdge[] = [];
  const reached = [entryOf(steps)];
  const known = new Set(reached);
  for (const at of reached) {
    const leaving = at === 0 && steps.isFree(0) ? fromEntry(given, steps) : steps.leaving[at];
    for (const edge of leaving ?? []) {
      for (const whole of steps.onward(edge)) {
        made.push(whole);
        if (known.has(whole.to)) continue;
        known.add(whole.to);
        reached.push(whole.to);
      }
    }
  }
  return renumbered(given, made, reached);
}

/** Where a process begins: behind what does nothing. */
function entryOf(steps: LocalSteps): number {
  const [way, ...others] = steps.isFree(0) ? steps.waysFrom(0) : [];
  if (way === undefined || others.length > 0 || steps.isFree(way.to)) return 0;
  const isNothing = way.effects.length === 0 && way.facts.length === 0 && way.pick === null;
  return isNothing && isAlways(way.guard) ? way.to : 0;
}

/** Of a process that begins with such steps: they are done with the first other step. */
function fromEntry({ ends, rests }: Flow, steps: LocalSteps): readonly FlowEdge[] {
  const { leaving } = steps;
  const ways = steps.waysFrom(0);
  const isChoice =
    ways.some(({ pick }) => pick !== null) ||
    ways.filter(({ guard }) => isAlways(guard)).length > 1;
  return ways.flatMap((path) => {
    const next = leaving[path.to] ?? [];
    if (path.to === 0) return leaving[0] ?? [];
    // A process that has chosen to wait for something has to.
    const waits = isChoice && !next.some(({ guard, pick }) => pick === null && isAlways(guard));
    if (waits || ends.has(path.to) || rests.has(path.to) || next.length === 0) {
      return [named(path, leaving[0]?.[0])];
    }
    const both = next.map((edge) => joined(path, edge, edge));
    const whole = both.flatMap((edge) => edge ?? []);
    if (whole.length < both.length) return [named(path, leaving[0]?.[0])];
    return whole.filter(({ guard }) => !isNever(guard));
  });
}

const isAlways = (guard: Expr): boolean => guard.op === "const" && guard.value !== 0;

const named = (path: FlowEdge, as: FlowEdge | undefined): FlowEdge =>
  as === undefined ? path : { ...path, label: as.label, at: as.at, stack: as.stack };

function renumbered(given: Flow, edges: readonly FlowEdge[], reached: readonly number[]): Flow {
  const numbers = new Map(reached.map((old, at) => [old, at]));
  const number = (old: number): number => numbers.get(old) ?? -1;
  const kept = (all: ReadonlySet<number>): ReadonlySet<number> =>
    new Set([...all].filter((at) => numbers.has(at)).map(number));
  return {
    locations: reached.length,
    edges: edges
      .map((edge) => ({ ...edge, from: number(edge.from), to: number(edge.to) }))
      .sort((a, b) => a.from - b.from),
    ends: kept(given.ends),
    rests: new Map(
      [...given.rests].filter(([at]) => numbers.has(at)).map(([at, of]) => [number(at), of]),
    ),
    sections: new Map([...given.sections].map(([name, all]) => [name, kept(all)])),
  };
}
