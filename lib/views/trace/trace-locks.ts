/** The locks of a model by all their names. */
import type { Model } from "../../machine/index.js";
import { instanceId } from "../../primitives/lock.js";
import { shortLockNames } from "./short-lock-names.js";

/** A lock of the machine, taken in a trace or not. */
export interface TraceLock {
  /** Of the instance: `rq->__lock@0`. */
  readonly id: string;
  /** Of the class: `&rq->__lock`. */
  readonly name: string;
  /** As figures call it: `rq[cpu0]`. */
  readonly short: string;
  /** As figures call its class: `rq`. */
  readonly word: string;
}

/** Returns the locks of a model, each instance once; those of which there are several say whose they are. */
export function locksOf({ slots }: Model): readonly TraceLock[] {
  const locks = slots.flatMap(({ name: slot, variable, index }) => {
    if (variable?.lock == null) return [];
    const place = (/\[(.*)\]$/.exec(slot)?.[1] ?? "").replaceAll("][", ",");
    return [{ id: instanceId(variable.name, index), name: variable.lock.name, place }];
  });
  const words = shortLockNames(locks.map(({ name }) => name));
  const named = locks.map(({ id, name, place }): TraceLock => {
    const word = words.get(name) ?? name;
    return { id, name, word, short: place === "" ? word : `${word}[${place}]` };
  });
  return [...new Map(named.map((lock) => [lock.id, lock])).values()];
}
