/**
 * Steps that are no progress, however many are taken: those of a busy wait, which change nothing but where
 * their process is, and those of a CPU that goes round forever with its IRQs off, as the kernel's hard
 * lockup detector finds one (kernel/watchdog.c).
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

/** What a step on a round is: progress; none where its process has its CPU with IRQs off; or none at all. */
export const roundKinds = { progress: 0, lockup: 1, busyWait: 2 } as const;

/** What may be no progress. */
export interface Rounds {
  /** The processes that have rounds, and when each has its CPU with IRQs off; null if that is no matter. */
  readonly going: readonly { readonly number: number; readonly off: Value | null }[];
  /** For each transition, its `roundKinds`. */
  readonly round: Uint8Array;
}

/** Whether a process has rounds, by its number. */
export function goesRound(rounds: Rounds | null, process: number): boolean {
  return rounds?.going.some(({ number }) => number === process) ?? false;
}

/** Returns the rounds of a model; null if no process has one. */
export function roundsOf(model: Model): Rounds | null {
  const flags = new Set(
    model.slots.flatMap(({ variable }, slot) => (variable === irqs_enabled ? [slot] : [])),
  );
  const canLockUp = flags.size > 0 && hasInterrupts(model);
  const round = new Uint8Array(model.transitions.length);
  const going = model.processes.flatMap((process, number) => {
    if (process.kind === "device") return [];
    const owns = canLockUp ? ownsCpu(model, process) : null;
    const lockup = owns === null ? [] : onRounds(process, (t) => !switchesOn(t, flags));
    const waits = busyWaits(process);
    for (const { id } of lockup) round[id] = roundKinds.lockup;
    for (const { id } of waits) round[id] = roundKinds.busyWait;
    if (lockup.length === 0 && waits.length === 0) return [];
    return [{ number, off: lockup.length === 0 ? null : owns }];
  });
  return going.length === 0 ? null : { going, round };
}

/**
 * The steps of the busy waits of a process: loops in which it writes nothing and that have a way out. One
 * without is no wait: its process does nothing forever, as it was told to. Nor is it a wait where a process
 * that never ends begins its work anew: it found nothing to do.
 */
function busyWaits(process: Instance): readonly Transition[] {
  const endless = !canEnd(process);
  const idle = onRounds(
    process,
    ({ to, changes }) => changes.flatMap(assignmentsOf).length === 0 && !(endless && to === entry),
  );
  const ids = new Set(idle.map(({ id }) => id));
  const before = nextOf(idle.map(({ from, to }) => ({ from: to, to: from })));
  // What nobody ever makes true is a way out all the same: it is waited for in vain.
  const waysOut = process.leaving.flatMap((steps, at) =>
    steps.some(({ id }) => !ids.has(id)) || process.unreached.has(at) ? [at] : [],
  );
  const canLeave = reachable(before, waysOut);
  return idle.filter(({ to }) => canLeave.has(to));
}

/** The steps of some kind from which a process can come back to where it was by such steps, without an end between. */
function onRounds(
  { leaving, ends }: Instance,
  isOfKind: (step: Transition) => boolean,
): readonly Transition[] {
  const inside = leaving.flat().filter((t) => !ends.has(t.from) && !ends.has(t.to) && isOfKind(t));
  const next = nextOf(inside);
  const known = new Map<number, ReadonlySet<number>>();
  const behind = (at: number): ReadonlySet<number> => {
    const found = known.get(at) ?? reachable(next, [at]);
    known.set(at, found);
    return found;
  };
  return inside.filter(({ from, to }) => behind(to).has(from));
}

/** Where every process begins. */
const entry = 0;

/** Whether the body of a process has an end that it can come to: a place that nothing leaves. */
function canEnd({ leaving, unreached }: Instance): boolean {
  const inVain = [...unreached].flatMap(([from, all]) => all.map((to) => ({ from, to })));
  const next = nextOf([...leaving.flat(), ...inVain]);
  return [...reachable(next, [entry])].some((at) => (leaving[at] ?? []).length === 0);
}

/** Where one comes to from each place. */
function nextOf(steps: readonly Pick<Transition, "from" | "to">[]): ReadonlyMap<number, number[]> {
  const next = new Map<number, number[]>();
  for (const { from, to } of steps) {
    const known = next.get(from);
    if (known === undefined) next.set(from, [to]);
    else known.push(to);
  }
  return next;
}

function reachable(
  next: ReadonlyMap<number, readonly number[]>,
  from: readonly number[],
): ReadonlySet<number> {
  const seen = new Set(from);
  for (const at of seen) for (const after of next.get(at) ?? []) seen.add(after);
  return seen;
}

const switchesOn = ({ changes }: Transition, flags: ReadonlySet<number>): boolean =>
  changes
    .flatMap(assignmentsOf)
    .some(
      ({ to, value }) =>
        slotsOf(to).some((slot) => flags.has(slot)) && (value.op !== "const" || value.value !== 0),
    );
