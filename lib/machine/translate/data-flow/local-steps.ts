/** The steps of a process that no other sees: on its local variables alone. */
import { type Expr, expr } from "../../language/expr.js";
import type { Effect } from "../../language/effect.js";
import type { Variable } from "../../language/variable.js";
import type { StackedFact } from "../../model/stacked-fact.js";
import type { Flow, FlowEdge } from "../control-flow/flow-type.js";
import { isExhaustive } from "./exhaustive.js";
import { joined } from "./join-edges.js";
import { partsOf } from "./substitute.js";

/** Of one step, more ways on than this are not followed: the location stays. */
const mostWays = 256;

/** Which steps of a flow are such, and where they lead. */
export class LocalSteps {
  /** The steps from each location. */
  readonly leaving: readonly (readonly FlowEdge[])[];
  private readonly free: readonly boolean[];

  constructor(
    { locations, edges, ends, rests, sections }: Flow,
    private readonly locals: ReadonlySet<Variable>,
  ) {
    const leaving: FlowEdge[][] = Array.from({ length: locations }, () => []);
    for (const edge of edges) leaving[edge.from]?.push(edge);
    this.leaving = leaving;
    const inside = new Set([...sections.values()].flatMap((set) => [...set]));
    this.free = leaving.map(
      (all, at) =>
        all.length > 0 &&
        !ends.has(at) &&
        !rests.has(at) &&
        !inside.has(at) &&
        all.every((edge) => this.isLocal(edge)) &&
        isExhaustive(all),
    );
  }

  /** Whether only such steps lead from a location, where nobody waits. */
  isFree(at: number): boolean {
    return this.free[at] === true;
  }

  /** An edge with all that follows it in no time, one for each way. */
  onward(edge: FlowEdge): readonly FlowEdge[] {
    const whole: FlowEdge[] = [];
    let ways = 0;
    const follow = (so: FlowEdge, seen: ReadonlySet<number>): boolean => {
      if (!this.isFree(so.to) || seen.has(so.to)) {
        whole.push(so);
        return true;
      }
      const further = new Set([...seen, so.to]);
      for (const next of this.leaving[so.to] ?? []) {
        ways += 1;
        const both = ways > mostWays ? null : joined(so, next, so);
        if (both === null) return false;
        if (isNever(both.guard)) continue;
        if (!follow(both, further)) return false;
      }
      return true;
    };
    return follow(edge, new Set()) ? whole : [edge];
  }

  /** What is done from a location on in no time, one edge for each way; it leads back to there if that cannot be said. */
  waysFrom(at: number): readonly FlowEdge[] {
    const none = { effects: [], facts: [], early: 0, pick: null, late: false } as const;
    const label = "start";
    return this.onward({
      from: at,
      to: at,
      label,
      at: null,
      stack: [],
      guard: expr(true),
      ...none,
    });
  }

  private isLocal({ guard, effects, facts }: FlowEdge): boolean {
    if (!this.readsLocals(guard)) return false;
    return effects.every((effect) => this.isLocalEffect(effect)) && facts.every(isTold);
  }

  private isLocalEffect(effect: Effect): boolean {
    switch (effect.kind) {
      case "assign":
        return this.readsLocals(effect.to) && this.readsLocals(effect.value);
      case "if":
        return (
          this.readsLocals(effect.test) &&
          [...effect.then, ...effect.else].every((inner) => this.isLocalEffect(inner))
        );
      case "each":
        return false;
      case "check":
        return this.readsLocals(effect.test);
    }
  }

  private readsLocals(of: Expr): boolean {
    if (of.op === "inside" || of.op === "ended") return false;
    if (of.op === "read" && !this.locals.has(of.variable)) return false;
    return partsOf(of).every((part) => this.readsLocals(part));
  }
}

/** Whether a fact may be told with an earlier step: it is no doing of the machine. */
function isTold({ fact }: StackedFact): boolean {
  switch (fact.kind) {
    case "acquire":
    case "release":
    case "downgrade":
    case "touch":
    case "sync":
    case "set_subclass":
    case "pin":
    case "unpin":
    case "free":
    case "rcu_warn":
    case "lockdep":
    case "assert_irqs":
    case "assert_held":
    case "return_to_user":
      return true;
    case "locked":
    case "unlocked":
    case "hardirqs":
    case "softirqs":
    case "restore_hardirqs":
    case "enter":
    case "exit":
    case "nmi":
      return false;
  }
}

/** Returns whether a step can be told to be never taken. */
export const isNever = (guard: Expr): boolean => guard.op === "const" && guard.value === 0;
