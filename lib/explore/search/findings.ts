/** What a search finds wrong in the states that it visits. */
import { type Instance, type Model, type State, evaluate, isAtEnd } from "../../machine/index.js";
import { checkKinds } from "../codegen/expressions/effects.js";
import type { Property } from "../result/result.js";

/** Where a violation is: a state reached, and the transition that fails there if it is one. */
export interface Finding {
  readonly property: Property;
  readonly message: string;
  readonly state: number;
  readonly transition: number | null;
}

/** The first finding of each property. */
export class Findings {
  readonly all = new Map<Property, Finding>();
  /** For each check, 1 if a failure of its kind was told of: it is asked no more. */
  readonly reported: Int32Array;
  /** The first state in which devices alone can move and somebody is not at an end, if one was seen. */
  deadEnd: number | null = null;

  /** @param asked the properties that are looked for; all, if undefined */
  constructor(
    private readonly model: Model,
    private readonly asked: readonly Property[] | undefined,
  ) {
    this.reported = new Int32Array(model.transitions.length * checkKinds.length);
  }

  /** A check failed: by its number, in a step from a state. */
  readonly failed = (check: number, state: number): void => {
    const kinds = checkKinds.length;
    const kind = checkKinds[check % kinds];
    if (kind !== undefined) this.add(kind, "", state, Math.floor(check / kinds));
    for (let other = check % kinds; other < this.reported.length; other += kinds) {
      this.reported[other] = 1;
    }
  };

  /** A condition that should always hold is broken in a state. */
  broken(condition: number, state: number): void {
    this.add("invariant", this.model.always[condition]?.name ?? "", state, null);
  }

  /** Nothing but devices can move in a state. */
  quiescent(id: number, state: State): void {
    const { model } = this;
    if (this.deadEnd === null && model.processes.some((p) => isStuck(p, state))) this.deadEnd = id;
    for (const { name, holds } of model.quiescent) {
      if (evaluate(holds, state) === 0) this.add("lost-wakeup", name, id, null);
    }
    for (const { name, holds } of model.finally) {
      if (evaluate(holds, state) === 0) this.add("assert", name, id, null);
    }
  }

  private add(property: Property, message: string, state: number, transition: number | null) {
    if (this.all.has(property) || this.asked?.includes(property) === false) return;
    this.all.set(property, { property, message, state, transition });
  }
}

/** Whether a process that cannot move should go on. */
const isStuck = (process: Instance, state: State): boolean =>
  process.kind !== "device" && !isAtEnd(process, state);
