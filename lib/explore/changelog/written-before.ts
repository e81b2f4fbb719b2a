/** Whose writes a value goes back to: backwards through a schedule, from what was read to what it was made of. */
import { type Model, type ReplayStep, type Value, evaluate } from "../../machine/index.js";
import { assignmentsOf, conjuncts } from "../../machine/model/places.js";
import { slotOf } from "../../machine/model/evaluate.js";
import { madeFalse, valuesRead } from "../../machine/waits/index.js";

const writes = ({ before, after }: ReplayStep, slot: number): boolean =>
  before[slot] !== after[slot];

/**
 * Returns the positions of the steps that a condition is false for: those that made it so, and the last that
 * wrote what it reads.
 *
 * @param end how many steps were taken where it is false
 */
export function causesOf(
  steps: readonly ReplayStep[],
  test: Value,
  end: number,
): readonly number[] {
  const past = steps.slice(0, end);
  const at = past.at(-1)?.after ?? steps[0]?.before ?? [];
  const failing = conjuncts(test).filter((part) => evaluate(part, at) === 0);
  return failing.flatMap((part) => {
    const written = valuesRead(part, at).flatMap((slot) => lastWriter(past, slot));
    return [...madeFalse(past, part, at, -1), ...written];
  });
}

function lastWriter(past: readonly ReplayStep[], slot: number): readonly number[] {
  const found = past.findLastIndex((step) => writes(step, slot));
  return found < 0 ? [] : [found];
}

/**
 * Returns some steps and those before them whose values they used, and the writes of others that came between
 * a read and the use of what was read.
 */
export function withSources(
  { slots }: Model,
  steps: readonly ReplayStep[],
  from: readonly number[],
): ReadonlySet<number> {
  const kept = new Set(from);
  for (const use of kept) {
    const step = steps[use];
    if (step === undefined) continue;
    for (const slot of usedBy(step)) {
      if (slots[slot]?.process !== null) continue;
      const [source] = lastWriter(steps.slice(0, use), slot);
      const copied = steps[source ?? -1];
      if (source === undefined || copied === undefined) continue;
      kept.add(source);
      if (copied.transition.process !== step.transition.process) continue;
      for (const stale of overwritten(steps, source, use)) kept.add(stale);
    }
  }
  return kept;
}

/** The slots whose values a step writes elsewhere. */
function usedBy({ transition, before, after }: ReplayStep): readonly number[] {
  return transition.changes.flatMap(assignmentsOf).flatMap(({ to, value }) => {
    const slot = slotOf(to, before);
    return slot === null || before[slot] === after[slot] ? [] : valuesRead(value, before);
  });
}

/** The writes of others, between a read and the use of its value, to what was read. */
function overwritten(steps: readonly ReplayStep[], read: number, use: number): readonly number[] {
  const reader = steps[read];
  if (reader === undefined) return [];
  const process = reader.transition.process;
  const origins = usedBy(reader);
  return [...steps.slice(read + 1, use).entries()].flatMap(([i, step]) =>
    step.transition.process !== process && origins.some((slot) => writes(step, slot))
      ? [read + 1 + i]
      : [],
  );
}

/**
 * Returns what a process went by although it was true no longer: its tests and its reads whose values others have
 * changed since, each with the last of these changes.
 *
 * @param end how many steps had been taken by then
 */
export function outdated(
  { slots }: Model,
  steps: readonly ReplayStep[],
  process: number,
  end: number,
): readonly (readonly [at: number, since: number])[] {
  const isPlain = (slot: number): boolean =>
    slots[slot]?.process === null && slots[slot].variable?.lock == null;
  return [...steps.slice(0, end).entries()].flatMap(([at, step]) => {
    if (step.transition.process !== process || step.events.length > 0) return [];
    const tested = conjuncts(step.transition.own).flatMap((part) => valuesRead(part, step.before));
    return [...tested, ...usedBy(step)].filter(isPlain).flatMap((slot) => {
      const since = steps
        .slice(at + 1, end)
        .findLastIndex((one) => one.transition.process !== process && writes(one, slot));
      return since < 0 ? [] : [[at, at + 1 + since] as const];
    });
  });
}
