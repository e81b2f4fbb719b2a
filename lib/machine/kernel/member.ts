/** The member of a set that a process is, and what is asked of those who describe it. */
import { shown } from "../../primitives/shown.js";
import type { Expr } from "../language/expr.js";
import type { IdSet } from "../language/id-set.js";

export const me = (set: IdSet): Expr => ({ op: "bound", name: `this ${set.name}`, set });
export const meName = (set: IdSet | null): string => (set === null ? "" : `this ${set.name}`);

export function expectFunction(where: string, given: unknown, wanted: string): void {
  if (typeof given === "function") return;
  throw new TypeError(`${where}: a function ${wanted} is wanted, and not ${shown(given)}`);
}
