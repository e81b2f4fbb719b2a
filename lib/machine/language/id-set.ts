import { expectName } from "../../primitives/option-names.js";
import { shown } from "../../primitives/shown.js";

/**
 * A set of interchangeable things (CPUs, vCPUs), known only by being the same or not.
 *
 * Its members may be compared for equality, stored, and used as an index, never counted with; so the
 * explorer may rename them (Ip and Dill's scalarsets, "Better verification through symmetry", 1996).
 */
export interface IdSet {
  readonly kind: "id-set";
  /** The singular, as it is printed: `cpu` gives `cpu0`, `cpu1`. */
  readonly name: string;
  /** Whether the CPUs of threads without a place of their own are among the members. */
  readonly homes?: boolean;
}

/** Returns a set by the name of its members; the scenario says how many there are. */
export function idSet(name: string): IdSet {
  expectName("idSet", name);
  return { kind: "id-set", name };
}

/** The CPUs of the machine. */
export const CPU: IdSet = idSet("cpu");

/** The CPUs of the machine, and those on which threads run that were given none. */
export const ANY_CPU: IdSet = { ...CPU, homes: true };

/** The processes of the scenario, whose number comes of itself: what a task has for itself is per process. */
export const PROCESS: IdSet = idSet("process");

/** The value of an id variable that names nobody, such as `rq->curr` of an idle CPU. */
export const NONE = -1;

/** Checks that something is a set; throws a TypeError that says where it is not. */
export function expectSet(where: string, given: unknown): asserts given is IdSet {
  const isSet = typeof given === "object" && given !== null && "kind" in given;
  if (isSet && given.kind === "id-set") return;
  throw new TypeError(`${where}: ${shown(given)} is not a set; idSet("name") makes one`);
}
