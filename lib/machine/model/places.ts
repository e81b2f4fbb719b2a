/** Which numbers of the state a value reads, as far as its text tells. */
import type { Change, ElementRef, SlotRef, Value } from "./value.js";

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

/** Returns all slots that a place may be. */
export function slotsOf(of: SlotRef | ElementRef): number[] {
  if (of.op === "slot") return [of.slot];
  return of.sizes
    .reduce<readonly number[]>(
      (flat, size, dimension) => {
        const index = of.index[dimension];
        const members =
          index?.op === "const" ? [index.value] : Array.from({ length: size }, (_, at) => at);
        return flat.flatMap((before) => members.map((member) => before * size + member));
      },
      [0],
    )
    .map((at) => of.base + at);
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

/** Returns the parts of a conjunction. */
export function conjuncts(of: Value): readonly Value[] {
  return of.op === "binary" && of.by === "and"
    ? [...conjuncts(of.left), ...conjuncts(of.right)]
    : [of];
}
