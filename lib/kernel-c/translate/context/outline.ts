/** What is seen of functions before they are translated: found out once for a text that is translated again and again. */
import type { CFunction, CStatement } from "../../parse/ast.js";
import { assignmentsIn, labelsIn, lastReturn } from "./assignments.js";

/** What is seen of a function. */
export interface Outline {
  /** How often each name is assigned, its declaration not counted. */
  readonly assigned: ReadonlyMap<string, number>;
  /** Its labels, with how many blocks are around each. */
  readonly labels: ReadonlyMap<string, number>;
  /** Whether it has one `return` with a value, and that is its last statement. */
  readonly isOneReturn: boolean;
}

/** The outlines of the functions of a text. */
export class Outlines {
  private readonly functions = new WeakMap<CFunction, Outline>();
  private readonly labelled = new WeakMap<CStatement, boolean>();

  /** Returns what is seen of a function. */
  of(of: CFunction): Outline {
    const known = this.functions.get(of);
    if (known !== undefined) return known;
    const made = {
      assigned: assignmentsIn(of.body),
      labels: labelsIn(of.body),
      isOneReturn: lastReturn(of.body),
    };
    this.functions.set(of, made);
    return made;
  }

  /** Returns whether a label stands in a statement. */
  hasLabels(of: CStatement): boolean {
    const known = this.labelled.get(of);
    if (known !== undefined) return known;
    const made = labelsIn([of]).size > 0;
    this.labelled.set(of, made);
    return made;
  }
}
