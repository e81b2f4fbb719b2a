/** One name for one hang, the same as that of the report in which lockdep foretold it. */
import { ownerOf } from "../stacks/owner.js";
import type { ListedTask } from "../waits/read.js";
import { rootsOf } from "../waits/roots.js";
import { circleIn, waitsOf, withoutSleep } from "../waits/wait-for.js";
import { circleForm } from "./circle-form.js";
import { named, wholeCircle, type Signature } from "./named.js";

/**
 * Returns the signature of the blocked tasks of a text, or null where none is blocked. A circle of
 * locks has that of the circle of their classes; without one it is where the waits end, or where
 * the first task is blocked.
 *
 * @param tasks as `readTasks()` gives them
 */
export function signatureOfWaits(tasks: readonly ListedTask[]): Signature | null {
  const waits = waitsOf(tasks);
  const circle = circleIn(waits);
  if (circle.length > 0) {
    const locks = circle.flatMap(({ lock }) => (lock === null ? [] : [lock.name]));
    return locks.length === circle.length
      ? wholeCircle(locks)
      : ofPlaces(circleForm(circle.map(({ waiter }) => placeOf(waiter))), true);
  }
  const stuck = tasks.filter(({ blocked }) => blocked);
  const [root] = rootsOf(waits);
  const told = root !== undefined && root.task.frames.length > 0 ? root.task : stuck[0];
  return told === undefined ? null : ofPlaces([placeOf(told)], placeOf(told) !== unknown);
}

const unknown = "?";

const placeOf = ({ frames }: ListedTask): string => ownerOf(withoutSleep(frames))?.name ?? unknown;

function ofPlaces(places: readonly string[], whole: boolean): Signature {
  return {
    ...named("hung", `blocked in ${places.join(", ")}`),
    whole: whole && !places.includes(unknown),
    edges: [],
    size: places.length,
  };
}
