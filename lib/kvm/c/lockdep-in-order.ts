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

/** Returns what lockdep says where paths first run in an order. */
export function lockdepVerdict(
  paths: PathsOnce,
  order: readonly PathLetter[],
  boot: readonly BootWake[] = booted,
): OrderVerdict {
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

/** Each path by itself: what lockdep learns of it is then not cut short by a report about another. */
const alone: readonly PathLetter[] = ["o", "w", "i", "n"];

/** Returns the dependencies that lockdep learns from the paths, as `&rq->__lock -> &p->pi_lock`, sorted. */
export function dependenciesOf(paths: PathsOnce): readonly string[] {
  const found = alone.flatMap((letter) => {
    const { classes, edges } = lockdepVerdict(paths, [letter]).lockdep.graph();
    const names = new Map(classes.map(({ index, name }) => [index, name]));
    return edges.map(({ from, to }) => `${names.get(from) ?? "?"} -> ${names.get(to) ?? "?"}`);
  });
  return [...new Set(found)].sort();
}
