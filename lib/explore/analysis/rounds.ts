/**
 * A CPU that goes round for ever with its IRQs off, as the kernel's hard lockup detector finds one
 * (kernel/watchdog.c): steps of such a round are no progress, however many are taken.
 */
import {
  type Instance,
  type Model,
  type Transition,
  type Value,
  irqs_enabled,
} from "../../machine/index.js";
import { slotsOf } from "../../machine/model/places.js";
import { assignmentsOf } from "./footprint.js";
import { hasInterrupts, ownsCpu } from "./guards.js";

/** What is no progress: a step on a round, taken by who has a CPU with its IRQs off. */
export interface Rounds {
  /** The processes that have rounds, and when each has its CPU with IRQs off. */
  readonly going: readonly { readonly number: number; readonly off: Value }[];
  /** For each transition, 1 if it is on a round. */
  readonly round: Uint8Array;
}

/** Whether a process has rounds, by its number. */
export function goesRound(rounds: Rounds | null, process: number): boolean {
  return rounds?.going.some(({ number }) => number === process) ?? false;
}

/** Returns the rounds of a model; null if no process has one, or nothing interrupts anybody. */
export function roundsOf(model: Model): Rounds | null {
  const flags = new Set(
    model.slots.flatMap(({ variable }, slot) => (variable === irqs_enabled ? [slot] : [])),
  );
  if (flags.size === 0 || !hasInterrupts(model)) return null;
  const round = new Uint8Array(model.transitions.length);
  const going = model.processes.flatMap((process, number) => {
    const off = ownsCpu(model, process);
    const steps = off === null ? [] : stepsOnRounds(process, flags);
    for (const { id } of steps) round[id] = 1;
    return off === null || steps.length === 0 ? [] : [{ number, off }];
  });
  return going.length === 0 ? null : { going, round };
}

/** The steps from which a process can come back to where it was, without an end or IRQs on between. */
function stepsOnRounds(
  { leaving, ends }: Instance,
  flags: ReadonlySet<number>,
): readonly Transition[] {
  const inside = leaving
    .flat()
    .filter((t) => !ends.has(t.from) && !ends.has(t.to) && !switchesOn(t, flags));
  const next = new Map<number, number[]>();
  for (const { from, to } of inside) next.set(from, [...(next.get(from) ?? []), to]);
  return inside.filter(({ from, to }) => reaches(next, to, from));
}

function reaches(next: ReadonlyMap<number, readonly number[]>, from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const at of seen) {
    if (at === to) return true;
    for (const after of next.get(at) ?? []) seen.add(after);
  }
  return false;
}

const switchesOn = ({ changes }: Transition, flags: ReadonlySet<number>): boolean =>
  changes
    .flatMap(assignmentsOf)
    .some(
      ({ to, value }) =>
        slotsOf(to).some((slot) => flags.has(slot)) && (value.op !== "const" || value.value !== 0),
    );
