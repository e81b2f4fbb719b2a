/** What lockdep says of the case's files, whose paths first run in some order. */
import type { KernelC, SourceFile } from "../../kernel-c/index.js";
import { lockdepOn, lockdepToldOf } from "../../verdict/index.js";
import {
  type BootWake,
  type OrderVerdict,
  type OrdersVerdict,
  type PathLetter,
  booted,
  kernelOrders,
  ordersVerdict,
  verdictOf,
} from "./orders.js";
import { named } from "../../primitives/named.js";
import { eventsInOrder } from "./path-events.js";
import { type PathsOnce, pathsOnceInC } from "./paths-once.js";

/** Returns what lockdep says where the paths of the files first run in an order. */
export function lockdepInC(
  kernelC: KernelC,
  files: readonly SourceFile[],
  order: readonly PathLetter[],
  boot: readonly BootWake[] = booted,
): OrderVerdict {
  return lockdepVerdict(pathsOnceInC(kernelC, files), order, boot);
}

/**
 * Returns what lockdep says where paths first run in an order.
 *
 * @throws UnknownNameError where a letter is of no path
 */
export function lockdepVerdict(
  paths: PathsOnce,
  order: readonly PathLetter[],
  boot: readonly BootWake[] = booted,
): OrderVerdict {
  for (const letter of order) named("path", letter, letters);
  const known = boot === booted ? paths.events() : null;
  const events = known === null ? null : eventsInOrder(known, order);
  const lockdep =
    known === null || events === null
      ? lockdepOn(paths(order, boot), { runs: 1 })
      : lockdepToldOf(known.model, events);
  return verdictOf(lockdep, order);
}

/** Returns what lockdep says of the files in each of `kernelOrders`. */
export function lockdepInOrdersOfC(kernelC: KernelC, files: readonly SourceFile[]): OrdersVerdict {
  return lockdepInOrders(pathsOnceInC(kernelC, files));
}

/** Returns what lockdep says of paths in each of `kernelOrders`. */
export function lockdepInOrders(paths: PathsOnce): OrdersVerdict {
  return ordersVerdict(kernelOrders.map((order) => lockdepVerdict(paths, order)));
}

const letters = (["o", "w", "i", "n"] as const).map((name) => ({ name }));

/**
 * Returns the dependencies that lockdep learns from the paths, as `&rq->__lock -> &p->pi_lock`, sorted: of each path
 * by itself, since what it learns is then not cut short by a report about another.
 */
export function dependenciesOf(paths: PathsOnce): readonly string[] {
  const found = letters.flatMap(({ name: letter }) => {
    const { classes, edges } = lockdepVerdict(paths, [letter]).lockdep.graph();
    const names = new Map(classes.map(({ index, name }) => [index, name]));
    return edges.map(({ from, to }) => `${names.get(from) ?? "?"} -> ${names.get(to) ?? "?"}`);
  });
  return [...new Set(found)].sort();
}
