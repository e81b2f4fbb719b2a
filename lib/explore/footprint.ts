/** Which numbers of the state a transition reads and writes, as far as its text tells. */
import type { Change, ElementRef, Model, SlotRef, Transition, Value } from "../machine/index.js";

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

/** Returns all slots that an element may be. */
export function slotsOf(of: SlotRef | ElementRef): number[] {
  if (of.op === "slot") return [of.slot];
  const size = of.sizes.reduce((a, b) => a * b, 1);
  return Array.from({ length: size }, (_, at) => of.base + at);
}

/** Returns the places that a value reads, those in indices included. */
export function placesIn(of: Value): (SlotRef | ElementRef)[] {
  switch (of.op) {
    case "const":
      return [];
    case "slot":
      return [of];
    case "element":
      return [of, ...of.index.flatMap(placesIn)];
    case "not":
      return placesIn(of.of);
    case "binary":
      return [...placesIn(of.left), ...placesIn(of.right)];
    case "if":
      return [...placesIn(of.test), ...placesIn(of.then), ...placesIn(of.else)];
    case "inside":
      return of.where.map(({ slot }) => ({ op: "slot", slot }));
  }
}

/** Returns the slots that a value may read. */
export function readSlots(of: Value): Set<number> {
  return new Set(placesIn(of).flatMap(slotsOf));
}

/**
 * Returns the footprint of a transition, without what says that its process has its CPU: that is
 * watched apart.
 */
export function footprintOf(model: Model, transition: Transition): Footprint {
  const process = model.processes[transition.process];
  const standing = new Set<number>();
  if (process !== undefined) {
    for (const slot of readSlots(process.runs)) standing.add(slot);
    if (process.cpu !== null) for (const slot of readSlots(process.cpu)) standing.add(slot);
  }
  const written = transition.changes.flatMap(assignmentsOf).map(({ to }) => to);
  const writes = new Set(written.flatMap(slotsOf));
  const read = [...placesIn(transition.own), ...transition.changes.flatMap(readsOf)];
  const acquires = acquired(model, transition);
  const other = (p: SlotRef | ElementRef): boolean => acquires === null || !samePlace(p, acquires);
  const stores = distinct(written.filter(other));
  const loads = distinct(
    read.filter((p) => other(p) && !slotsOf(p).every((slot) => standing.has(slot))),
  ).filter((p) => !stores.some((s) => samePlace(s, p)));
  return { loads, stores, writes, acquires };
}

function distinct(places: readonly (SlotRef | ElementRef)[]): (SlotRef | ElementRef)[] {
  return [...new Map(places.map((p) => [JSON.stringify(p), p])).values()];
}

/** Returns the assignments that a change may make. */
export function assignmentsOf(change: Change): Extract<Change, { kind: "assign" }>[] {
  switch (change.kind) {
    case "assign":
      return [change];
    case "if":
      return [...change.then, ...change.else].flatMap(assignmentsOf);
    case "check":
      return [];
  }
}

function readsOf(change: Change): (SlotRef | ElementRef)[] {
  switch (change.kind) {
    case "assign": {
      const index = change.to.op === "element" ? change.to.index.flatMap(placesIn) : [];
      return [...placesIn(change.value), ...index];
    }
    case "if":
      return [...placesIn(change.test), ...[...change.then, ...change.else].flatMap(readsOf)];
    case "check":
      return placesIn(change.test);
  }
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

/** Returns the parts of a conjunction. */
export function conjuncts(of: Value): readonly Value[] {
  return of.op === "binary" && of.by === "and"
    ? [...conjuncts(of.left), ...conjuncts(of.right)]
    : [of];
}
