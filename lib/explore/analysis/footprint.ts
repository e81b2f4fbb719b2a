/** Which numbers of the state a transition reads and writes, as far as its text tells. */
import type { Change, ElementRef, Model, SlotRef, Transition, Value } from "../../machine/index.js";
import { assignmentsOf, conjuncts, placesIn, slotsOf } from "../../machine/model/places.js";
import { ownsCpu } from "./guards.js";

export { assignmentsOf, conjuncts } from "../../machine/model/places.js";

/** What a transition touches. */
export interface Footprint {
  /** Places read, each once; those that are also written are among `stores`. */
  readonly loads: readonly (SlotRef | ElementRef)[];
  /** Places that may be written, each once. */
  readonly stores: readonly (SlotRef | ElementRef)[];
  /** All slots that it may write. */
  readonly writes: ReadonlySet<number>;
  /** The lock that it waits for and takes, if it does nothing else with it. */
  readonly acquires: SlotRef | ElementRef | null;
}

/** Returns the slots that a value may read. */
export function readSlots(of: Value): Set<number> {
  return new Set(placesIn(of).flatMap(slotsOf));
}

/**
 * Returns the footprint of a transition, what says that its process keeps its CPU being read by it too, but
 * for which CPU that is: a step that changes that for a running task is watched apart.
 */
export function footprintOf(model: Model, transition: Transition): Footprint {
  const process = model.processes[transition.process];
  const cpu = process?.cpu ?? null;
  // What chooses the place of the CPU is read as any other: only the CPU itself is watched.
  const standing = cpu?.op === "slot" || cpu?.op === "element" ? [cpu] : [];
  const owns = process === undefined ? null : ownsCpu(model, process);
  const keeps = owns === null ? [] : placesIn(owns);
  const written = transition.changes.flatMap(assignmentsOf).map(({ to }) => to);
  const entered = entersOrLeaves(model, transition) ? [location(model, transition)] : [];
  const writes = new Set([...written.flatMap(slotsOf), ...entered.map(({ slot }) => slot)]);
  const touched = new Touched([...placesIn(transition.own), ...keeps]);
  for (const change of transition.changes) touched.add(change);
  const acquires = acquired(model, transition);
  const other = (p: SlotRef | ElementRef): boolean => acquires === null || !samePlace(p, acquires);
  const stores = distinct([...touched.stores.filter(other), ...entered]);
  const loads = distinct(
    touched.loads.filter((p) => other(p) && !standing.some((s) => samePlace(s, p))),
  ).filter((p) => !stores.some((s) => samePlace(s, p)));
  return { loads, stores, writes, acquires };
}

/** Whether a step enters or leaves a section that some expression asks for. */
function entersOrLeaves(model: Model, transition: Transition): boolean {
  const { from, to } = transition;
  const asked = model.askedFor.get(location(model, transition).slot) ?? [];
  return asked.some((locations) => locations.has(from) !== locations.has(to));
}

const location = ({ processes }: Model, { process }: Transition): SlotRef => ({
  op: "slot",
  slot: processes[process]?.slot ?? -1,
});

/**
 * The places that changes touch, in order, as they are before the first of them: an index that an earlier
 * change may have written could have chosen any element.
 */
class Touched {
  readonly loads: (SlotRef | ElementRef)[];
  readonly stores: (SlotRef | ElementRef)[] = [];
  private readonly written = new Set<number>();

  constructor(loads: (SlotRef | ElementRef)[]) {
    this.loads = loads;
  }

  add(change: Change): void {
    switch (change.kind) {
      case "assign": {
        const { to, value } = change;
        const index = to.op === "element" ? to.index.flatMap(placesIn) : [];
        this.read([...placesIn(value), ...index]);
        this.stores.push(...this.asBefore(to));
        for (const slot of slotsOf(to)) this.written.add(slot);
        return;
      }
      case "if":
        this.read(placesIn(change.test));
        for (const inner of [...change.then, ...change.else]) this.add(inner);
        return;
      case "check":
        this.read(placesIn(change.test));
    }
  }

  private read(places: readonly (SlotRef | ElementRef)[]): void {
    this.loads.push(...places.flatMap((place) => this.asBefore(place)));
  }

  private asBefore(place: SlotRef | ElementRef): readonly (SlotRef | ElementRef)[] {
    if (place.op === "slot") return [place];
    const stale = place.index.some((i) => [...readSlots(i)].some((slot) => this.written.has(slot)));
    return stale ? slotsOf(place).map((slot) => ({ op: "slot", slot })) : [place];
  }
}

function distinct(places: readonly (SlotRef | ElementRef)[]): (SlotRef | ElementRef)[] {
  return [...new Map(places.map((p) => [JSON.stringify(p), p])).values()];
}

/** The lock for which a transition waits until it is free, and which it then owns. */
function acquired(model: Model, transition: Transition): SlotRef | ElementRef | null {
  const tests = conjuncts(transition.own);
  for (const change of transition.changes) {
    if (change.kind !== "assign") continue;
    const { to } = change;
    const base = to.op === "slot" ? to.slot : to.base;
    if (model.slots[base]?.variable?.lock == null) continue;
    const waits = tests.some(
      (t) =>
        t.op === "binary" &&
        t.by === "==" &&
        t.right.op === "const" &&
        t.right.value === -1 &&
        samePlace(t.left, to),
    );
    if (waits) return to;
  }
  return null;
}

const samePlace = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);
