/** Long walks through a scenario, to see what each of its paths does on each CPU. */
import type { Scenario } from "../language/scenario.js";
import { initialState } from "../model/model.js";
import { enabled, step as takeStep } from "../model/step.js";
import { translate } from "../translate/translate.js";

/**
 * Returns a schedule that takes random steps: a sample, not a proof; the same seed, the same walk.
 *
 * It ends early where nothing can go on.
 *
 * @param steps how many at most, from 0 on.
 * @param seed any integer.
 * @throws RangeError if the number of steps is none
 */
export function randomWalk(scenario: Scenario, steps = 2000, seed = 1): readonly number[] {
  if (!Number.isInteger(steps) || steps < 0) {
    throw new RangeError(`steps is ${String(steps)}; a whole number from 0 on is wanted`);
  }
  const model = translate(scenario);
  const schedule: number[] = [];
  let state = initialState(model);
  let random = seed >>> 0;
  while (schedule.length < steps) {
    const choices = enabled(model, state);
    // The generator of Numerical Recipes; its high bits are the better ones.
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    const next = choices[Math.floor((random / 2 ** 32) * choices.length)];
    if (next === undefined) break;
    schedule.push(next.id);
    state = takeStep(model, state, next).state;
  }
  return schedule;
}
