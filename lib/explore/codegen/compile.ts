/** Compiles a model to JavaScript that works on packed words; no allocation per transition. */
import type { Instance, Model } from "../../machine/index.js";
import { framesOf } from "../analysis/orbit-frames.js";
import { roundsOf } from "../analysis/rounds.js";
import { symmetryOf } from "../analysis/symmetry.js";
import { type Reductions, renames } from "../result/reductions.js";
import { checkKinds } from "./expressions/effects.js";
import { type FirstBroken, firstBrokenOf } from "./expressions/conditions.js";
import { EngineSource } from "./engine.js";
import type { Engine } from "./engine-functions.js";
import { type Lockup, lockupOf } from "./expressions/lockup.js";
import type { EngineParts, EngineSize, KeptCode, Learnt } from "./kept-code.js";
import { neverNone } from "../analysis/value-ranges.js";
import { packingOf } from "./layout/packing.js";
import { batchNumbers, recordOf } from "./layout/successor-record.js";
import type { Target } from "./layout/target.js";
import { type MovePlan, movePlan } from "./seen/move-plan.js";
import type { SeenFunctions } from "./seen/seen-functions.js";

/** A model compiled. */
export interface Compiled extends Target {
  /** The most that one state can have. */
  readonly maxSuccessors: number;
  /** How many numbers a batch of successors takes at most. */
  readonly batch: number;
  /**
   * Returns the functions. If told the guards of all slots, they test only for those: faster, and with
   * the same answers.
   */
  readonly engine: (guards: Int32Array | null) => Engine;
  /** Returns an engine as text. */
  readonly engineParts: (guards: Int32Array | null) => EngineParts;
  /** What the last whole search of the model learnt, in this process or before; null if that is not known. */
  readonly learnt: () => Learnt | null;
  /** Is told what a whole search has learnt. */
  readonly keep: (learnt: Learnt) => void;
  /** What is no progress; null if every step is. */
  readonly lockup: Lockup | null;
  /** Returns what is done to states that were found, on any arrays. */
  readonly seen: () => SeenFunctions;
  /** What is kept of who moves. */
  readonly moves: MovePlan;
  /** The conditions that hold in every state, compiled: the first that fails, or -1. */
  readonly firstBroken: FirstBroken;
}

/**
 * Returns the compiled form of a model.
 *
 * @param kept its code from an earlier process, if there is a place for that
 */
export function compile(
  model: Model,
  reductions: Reductions,
  kept: KeptCode | null = null,
): Compiled {
  const target = targetOf(model, reductions);
  const size = sizeOf(target);
  const source = new EngineSource(target, kept, size);
  return {
    ...target,
    maxSuccessors: mostSuccessors(model),
    batch: size.batch,
    engine: (guards) => source.engine(guards),
    engineParts: (guards) => source.parts(guards),
    learnt: () => kept?.learnt ?? null,
    keep: (learnt) => kept?.keep(learnt, source.names(learnt.guards), size),
    lockup: lockupOf(target.rounds, target.packing),
    seen: () => source.seen(),
    moves: movePlan(target),
    firstBroken: firstBrokenOf(model.always, target.packing),
  };
}

/** Returns what the code of a model is made for. */
export function targetOf(model: Model, reductions: Reductions): Target {
  const packing = packingOf(model, neverNone(model));
  const symmetry = symmetryOf(model, (set) => renames(reductions, set));
  const frames = framesOf(model, symmetry);
  const framed = frames.flatMap(({ processes }) => processes);
  return {
    model,
    packing,
    reductions,
    symmetry,
    rounds: roundsOf(model),
    frames,
    codes: [...new Set(framed.map(({ code }) => code))],
    record: recordOf(packing.words, reductions),
  };
}

/** Returns how much a search of it holds. */
export function sizeOf({ model, record }: Target): EngineSize {
  return {
    words: record.words,
    guards: model.slots.length * 2,
    checks: model.transitions.length * checkKinds.length,
    batch: batchNumbers(record, mostSuccessors(model)),
  };
}

const mostSuccessors = ({ processes }: Model): number =>
  processes.reduce((sum, { leaving }) => sum + mostLeaving(leaving), 0);

function mostLeaving(leaving: Instance["leaving"]): number {
  return Math.max(0, ...leaving.map(({ length }) => length));
}
