/** What a fix costs: the orders that lockdep learns anew, learns no more, and is not told of though they are taken. */
import { coveringRuns } from "../../machine/run/covering-runs.js";
import type { Event } from "../../primitives/event.js";
import { dependenciesOf } from "../c/lockdep-in-order.js";
import type { PathsOnce } from "../c/paths-once.js";
import { type Heard, heardOf } from "./heard.js";
import { wordOf } from "./reason.js";

/** Orders of lock classes, as `rq -> wakeup/1`, sorted. */
export interface Cost {
  readonly adds: readonly string[];
  readonly drops: readonly string[];
  /** Orders in which the code takes locks, and of which lockdep has no dependency in any class: `wakeup -> pi`. */
  readonly hides: readonly string[];
}

/** What lockdep hears of paths, and which orders there are. */
export interface PathsHeard {
  readonly heard: Heard;
  /** The orders that lockdep learns. */
  readonly told: readonly string[];
  /** The orders in which locks are really taken, whatever lockdep is told. */
  readonly taken: readonly string[];
}

/** Returns what lockdep hears of paths, and which orders there are. */
export const pathsHeard = (paths: PathsOnce): PathsHeard => ({
  heard: heardOf(paths),
  told: ordersTold(paths),
  taken: ordersTaken(paths),
});

/**
 * Returns what lockdep is told of files, against what it is told of the case as it is.
 *
 * @param known the orders of the case as it is, as `ordersTold()` gives them
 */
export function costOf(known: readonly string[], { told, taken }: PathsHeard): Cost {
  const bare = new Set(told.map(withoutSubclass));
  return {
    adds: told.filter((edge) => !known.includes(edge)),
    drops: known.filter((edge) => !told.includes(edge)),
    hides: taken.filter((edge) => !bare.has(edge)),
  };
}

/** Returns the orders that lockdep learns of files. */
export const ordersTold = (paths: PathsOnce): readonly string[] =>
  dependenciesOf(paths).map(shortOf);

const shortOf = (edge: string): string =>
  edge
    .split(" -> ")
    .map((name) => wordOf({ name }))
    .join(" -> ");

const withoutSubclass = (edge: string): string => edge.replace(/\/\d/g, "");

function ordersTaken(paths: PathsOnce): readonly string[] {
  const { runs } = coveringRuns(paths(["o", "w", "i", "n"]), { runs: 1 });
  const found = new Set(runs.flatMap(({ events }) => ordersIn(events)));
  return [...found].sort();
}

/**
 * The lock that is held when another is taken, and those around it as far as one of them was only tried, as lockdep
 * counts them; what an interrupt takes is not inside of what it came upon.
 */
function ordersIn(events: readonly Event[]): readonly string[] {
  const found: string[] = [];
  const contexts = new Map<number, Held[][]>();
  const tried = new Set<string>();
  for (const event of events) {
    const frames = contexts.get(event.cpu) ?? [[]];
    contexts.set(event.cpu, frames);
    const held = frames.at(-1) ?? [];
    const name = "map" in event ? withoutSubclass(wordOf({ name: event.map.name })) : "";
    if (event.kind === "enter") frames.push([]);
    else if (event.kind === "exit") frames.pop();
    else if (event.kind === "acquire" && event.trylock) tried.add(name);
    else if (event.kind === "locked") {
      const isTried = tried.delete(name);
      // A trylock does not wait.
      if (!isTried) found.push(...aroundOf(held).map((outer) => `${outer.name} -> ${name}`));
      held.push({ name, isTried });
    } else if (event.kind === "unlocked") {
      const at = held.findLastIndex((one) => one.name === name);
      if (at >= 0) held.splice(at, 1);
    }
  }
  return found;
}

interface Held {
  readonly name: string;
  readonly isTried: boolean;
}

function aroundOf(held: readonly Held[]): readonly Held[] {
  return held.slice(
    Math.max(
      0,
      held.findLastIndex(({ isTried }) => !isTried),
    ),
  );
}
