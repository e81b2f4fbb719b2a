/** Compiles a model to JavaScript that works on packed words; no allocation per transition. */
import { type Instance, type Model, irqs_enabled } from "../../machine/index.js";
import { type Engine, EngineSource } from "./engine.js";
import { framesOf } from "../analysis/orbit-frames.js";
import { fromSource } from "./instantiate.js";
import { ValueWriter } from "./expression.js";
import { type Packing, packingOf } from "./packing.js";
import { roundsOf } from "../analysis/rounds.js";
import { type Lockup, lockupOf } from "./lockup.js";
import type { Target } from "./target.js";
import { type Insert, insertFunction } from "./insert.js";
import { type Reductions, merges, renames } from "../result/reductions.js";
import { symmetryOf } from "../analysis/symmetry.js";
import { wordNames } from "./js.js";

/** A model compiled. */
export interface Compiled extends Target {
  /** The most that one state can have. */
  readonly maxSuccessors: number;
  /**
   * Returns the functions. If told the guards of all slots, they test only for those: faster, and with
   * the same answers.
   */
  readonly engine: (guards: Int32Array | null) => Engine;
  /** What is no progress; null if every step is. */
  readonly lockup: Lockup | null;
  /** Adds states to a store. */
  readonly insert: Insert;
  /** The conditions that hold in every state, compiled: the first that fails, or -1. */
  readonly firstBroken: (A: Int32Array, s: number) => number;
}

const isTest = (of: unknown): of is Compiled["firstBroken"] => typeof of === "function";

/** The models compiled last, by what moves in them: those that move alike share code that is hot. */
const recent = new Map<string, Compiled>();
const mostRecent = 8;

/** Returns the compiled form of a model. */
export function compile(model: Model, reductions: Reductions): Compiled {
  const key = JSON.stringify([reductions, whatMoves(model)]);
  const known = recent.get(key);
  const compiled = known === undefined ? fresh(model, reductions) : { ...known, model };
  recent.delete(key);
  recent.set(key, compiled);
  for (const [oldest] of recent) {
    if (recent.size <= mostRecent) break;
    recent.delete(oldest);
  }
  return compiled;
}

/**
 * A model without what only a reader or lockdep sees (labels, stacks, annotations), and without what is
 * never code: first values, conditions of a state at rest. All that code is made of must be in it.
 */
function whatMoves({ scenario, slots, processes, always, named }: Model): unknown {
  const sets = scenario.processes.map(({ over }) => over?.name);
  return {
    sizes: scenario.sizes,
    named: [...named].map(([set, members]) => [set, [...members]]),
    slots: slots.map(({ min, max, process, index, variable }) => [
      [min, max, process, index],
      [variable?.name, variable?.per, variable?.domain, variable?.lock == null],
      variable === irqs_enabled,
    ]),
    processes: processes.map(
      ({ declared, member, kind, cpu, runs, slot, ends, rests, leaving }) => [
        [sets[declared], member, kind, cpu, runs, slot, [...ends], [...rests.keys()]],
        leaving
          .flat()
          .map(({ from, to, edge, picked, guard, own, changes }) => [
            [from, to, edge, picked, guard, own],
            changes,
          ]),
      ],
    ),
    always: always.map(({ holds }) => holds),
  };
}

function fresh(model: Model, reductions: Reductions): Compiled {
  const packing = packingOf(model);
  const stride = packing.words + (merges(reductions) ? 5 : 2);
  const symmetry = symmetryOf(model, (set) => renames(reductions, set));
  const frames = framesOf(model, symmetry);
  const rounds = roundsOf(model);
  const target: Target = { model, packing, reductions, symmetry, rounds, frames, stride };
  const source = new EngineSource(target);
  return {
    ...target,
    maxSuccessors: model.processes.reduce((sum, { leaving }) => sum + mostLeaving(leaving), 0),
    engine: (guards) => source.engine(guards),
    lockup: lockupOf(rounds, packing),
    insert: insertFunction(packing.words, stride),
    firstBroken: compileConditions(model, packing),
  };
}

function mostLeaving(leaving: Instance["leaving"]): number {
  return Math.max(0, ...leaving.map(({ length }) => length));
}

function compileConditions(model: Model, packing: Packing): Compiled["firstBroken"] {
  const values = new ValueWriter(packing, "w");
  const load = wordNames("w", packing.words).map((w, at) => `const ${w}=A[s+${String(at)}];`);
  const tests = model.always.map(
    ({ holds }, at) => `if(!${values.test(holds)})return ${String(at)};`,
  );
  return fromSource(isTest, `return function(A,s){${load.join("")}${tests.join("")}return -1;}`);
}
