/** What lockdep hears of the case's files: the orders of first runs of a real kernel, and every arm. */
import type { Report } from "../../lockdep/index.js";
import type { Model } from "../../machine/index.js";
import { watched } from "../../verdict/index.js";
import { lockdepVerdict } from "../c/lockdep-in-order.js";
import type { PathsOnce } from "../c/paths-once.js";
import { type OrderVerdict, kernelOrders, verdictOf } from "../c/orders.js";

/** What lockdep says. */
export interface Heard {
  /** The first complaint, of the first order that has one; null if lockdep never complains. */
  readonly report: Report | null;
  /**
   * The answer to each of `kernelOrders`; then to runs in which, in a race if need be, each arm of each choice was
   * taken that can be: `every arm`.
   */
  readonly orders: readonly OrderVerdict[];
  /** What lockdep warned about and stayed on, in any order, each once. */
  readonly warnings: readonly string[];
  /** Steps that take a lock and that none of all these runs came to. */
  readonly neverRan: readonly string[];
}

/**
 * Returns what lockdep says of paths.
 *
 * @param enough whether an answer to each order is, so that nobody has to look into every arm
 */
export function heardOf(
  paths: PathsOnce,
  enough: (orders: readonly OrderVerdict[]) => boolean = () => false,
): Heard {
  const orders = kernelOrders.map((order) => lockdepVerdict(paths, order));
  if (enough(orders)) return { ...inAll(orders), neverRan: [] };
  const { model, lockdep, ran, neverRan } = watched(paths(["o", "w", "i", "n"]));
  // What is called from several places has run where it did from one of them.
  const known = new Set(ran.map(inShort));
  const unknown = neverRan.filter(takesLockIn(model)).map(inShort);
  const all = [...orders, { ...verdictOf(lockdep, []), order: "every arm" }];
  return {
    ...inAll(all),
    neverRan: [...new Set(unknown)].filter((step) => !known.has(step)),
  };
}

const inAll = (orders: readonly OrderVerdict[]): Omit<Heard, "neverRan"> => ({
  orders,
  report: orders.find(({ report }) => report !== null)?.report ?? null,
  warnings: [...new Set(orders.flatMap(({ warnings }) => warnings))],
});

/** A step with the function that it stands in: what calls that may be another by now. */
const inShort = (step: string): string => {
  const [where = "", label = ""] = step.split(": ").slice(-2);
  return `${label} in ${where}()`;
};

/** Whether a step, named with the functions around it, takes a lock. */
function takesLockIn({ transitions }: Model): (step: string) => boolean {
  const labels = transitions.flatMap(({ label, facts }) =>
    facts.some(({ fact }) => fact.kind === "acquire") ? [`: ${label}`] : [],
  );
  return (step) => labels.some((label) => step.endsWith(label));
}
