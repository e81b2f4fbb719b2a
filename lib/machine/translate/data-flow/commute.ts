/** Whether changes that are made one after another could as well be made in any other order. */
import { placesIn, slotsOf } from "../../model/places.js";
import type { Change, ElementRef, SlotRef, Value } from "../../model/value.js";

/** Returns whether no round assigns what another reads or assigns. */
export function inAnyOrder(rounds: readonly (readonly Change[])[]): boolean {
  const touched = rounds.map((changes) => {
    const writes = new Set(changes.flatMap(assigned).flatMap(slotsOf));
    const reads = new Set(changes.flatMap(readBy).flatMap(placesIn).flatMap(slotsOf));
    return { writes, all: new Set([...writes, ...reads]) };
  });
  return touched.every(({ writes }, at) =>
    touched.every(({ all }, other) => at === other || [...writes].every((slot) => !all.has(slot))),
  );
}

function assigned(change: Change): (SlotRef | ElementRef)[] {
  switch (change.kind) {
    case "assign":
      return [change.to];
    case "if":
      return [...change.then, ...change.else].flatMap(assigned);
    case "check":
      return [];
  }
}

/** The values that a change reads; an index of what it assigns is one. */
function readBy(change: Change): Value[] {
  switch (change.kind) {
    case "assign":
      return [change.value, ...(change.to.op === "element" ? change.to.index : [])];
    case "if":
      return [change.test, ...[...change.then, ...change.else].flatMap(readBy)];
    case "check":
      return [change.test];
  }
}
