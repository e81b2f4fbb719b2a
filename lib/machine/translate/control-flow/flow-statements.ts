/** How each kind of statement becomes locations and edges. */
import { type Around, annotated, bare, isAnnotation } from "./pending-facts.js";
import type { StackedFact } from "../../model/stacked-fact.js";
import { type Expr, and, not } from "../../language/expr.js";
import type { FlowEdge } from "./flow-type.js";
import type { FlowGraph } from "./flow-graph.js";
import { type Surroundings, upToJump } from "./flow-jumps.js";
import { printTest } from "../../language/print-expr.js";
import type { Statement, Step } from "../../language/statement.js";
import { step } from "../../language/step.js";

/** Puts the body of a process into its graph, from one location to another. */
export function bodyInto(
  graph: FlowGraph,
  body: readonly Statement[],
  from: number,
  to: number,
): void {
  const top = { stack: [], breakTo: null, continueTo: null, returnTo: to, sections: [] };
  new Statements(graph).sequence(body, from, to, top, bare, true);
}

class Statements {
  constructor(private readonly graph: FlowGraph) {}

  sequence(
    body: readonly Statement[],
    from: number,
    to: number,
    where: Surroundings,
    around: Around,
    owned: boolean,
  ): void {
    const { items, target, falls, beyond } = upToJump(this.graph, body, to, where);
    if (beyond.length > 0) {
      this.sequence(beyond, this.location(where), to, where, { ...around, before: [] }, false);
    }
    let here = from;
    let own = owned;
    let before = around.before;
    let arrived = false;
    for (const [at, item] of items.entries()) {
      if (isAnnotation(item)) {
        if (!arrived) before = [...before, ...annotated(item, where.stack)];
        continue;
      }
      if (item.kind === "label") {
        here = this.place(item.name, here, where, before, own);
        before = [];
        own = true;
        continue;
      }
      const rest = items.slice(at + 1);
      const next = rest.find((r) => !isAnnotation(r));
      arrived = next === undefined;
      const goes = arrived ? target : this.locationBefore(rest[0], where);
      const trailing = arrived ? rest.flatMap((r) => annotated(r, where.stack)) : [];
      const after = arrived ? [...trailing, ...(falls ? around.after : [])] : [];
      this.statement(item, here, goes, where, { before, after }, own);
      before = [];
      here = goes;
      own = true;
    }
    if (!arrived) {
      const after = falls ? around.after : [];
      this.edge(step("skip"), here, target, where, { before, after });
    }
  }

  private statement(
    item: Statement,
    from: number,
    to: number,
    where: Surroundings,
    around: Around,
    owned: boolean,
  ): void {
    switch (item.kind) {
      case "step":
        this.edge(item, from, to, where, around);
        return;
      case "choose":
        this.edge(item.step, from, to, where, around, { name: item.name, set: item.set });
        return;
      case "call": {
        const inner = { ...where, stack: [item.name, ...where.stack], returnTo: to };
        this.sequence(item.body, from, to, inner, around, owned);
        return;
      }
      case "section": {
        const inner = { ...where, sections: [...where.sections, item.name] };
        const first = this.location(inner);
        const { before, after } = around;
        if (item.body.every(isAnnotation)) {
          const facts = item.body.flatMap((of) => annotated(of, where.stack));
          this.edge(step(`enter ${item.name}`), from, first, where, { before, after: facts });
          this.edge(step(`leave ${item.name}`), first, to, where, { before: [], after });
          return;
        }
        const last = this.location(inner);
        this.edge(step(`enter ${item.name}`), from, first, where, { before, after: [] });
        this.sequence(item.body, first, last, inner, bare, true);
        this.edge(step(`leave ${item.name}`), last, to, where, { before: [], after });
        return;
      }
      case "if":
        this.branch(item.test, item.then, from, to, where, around);
        this.branch(not(item.test), item.else, from, to, where, around);
        return;
      case "while":
        this.loop(item, from, to, where, around, owned);
        return;
      case "until":
        this.until(item, from, to, where, around, owned);
        return;
      case "either":
        for (const arm of item.arms) this.sequence(arm, from, to, where, around, false);
        return;
      case "annotate":
      case "label":
      case "break":
      case "continue":
      case "return":
      case "goto":
        throw this.graph.error(`${item.kind}: not at the end of a sequence`);
    }
  }

  /** Makes a label stand here, and returns the location where what follows it begins. */
  private place(
    name: string,
    here: number,
    where: Surroundings,
    before: readonly StackedFact[],
    owned: boolean,
  ): number {
    if (this.graph.place(name, here, owned && before.length === 0)) return here;
    const to = this.graph.labelled(name, where.sections);
    if (to !== here) this.edge(step("skip"), here, to, where, { before, after: [] });
    return to;
  }

  private branch(
    test: Expr,
    arm: readonly Statement[],
    from: number,
    to: number,
    where: Surroundings,
    around: Around,
  ): void {
    const { items, target, falls, beyond } = upToJump(this.graph, arm, to, where);
    const taken = step(printTest(test), { when: test });
    if (items.every(isAnnotation) && beyond.length === 0) {
      const facts = items.flatMap((item) => annotated(item, where.stack));
      const after = [...facts, ...(falls ? around.after : [])];
      this.edge(taken, from, target, where, { before: around.before, after });
      return;
    }
    const inner = this.location(where);
    this.edge(taken, from, inner, where, { before: around.before, after: [] });
    this.sequence(arm, inner, to, where, { before: [], after: around.after }, true);
  }

  private loop(
    item: Extract<Statement, { kind: "while" }>,
    from: number,
    to: number,
    where: Surroundings,
    around: Around,
    owned: boolean,
  ): void {
    if (item.body.length === 0 && item.test === null) {
      throw this.graph.error("forever([]): an endless loop without a step");
    }
    let head = from;
    if (!owned || around.before.length > 0) {
      head = this.location(where);
      this.edge(step("do"), from, head, where, { before: around.before, after: [] });
    }
    const inner = { ...where, breakTo: to, continueTo: head };
    const { after } = around;
    if (item.test === null) {
      this.sequence(item.body, head, head, inner, bare, true);
      return;
    }
    this.branch(item.test, item.body, head, head, inner, bare);
    const leave = not(item.test);
    const left = step(printTest(leave), { when: leave });
    this.edge(left, head, to, where, { before: [], after });
  }

  /** A loop whose exits lead to what is outside of it. */
  private until(
    item: Extract<Statement, { kind: "until" }>,
    from: number,
    to: number,
    where: Surroundings,
    around: Around,
    owned: boolean,
  ): void {
    let head = from;
    if (!owned || around.before.length > 0) {
      head = this.location(where);
      this.edge(step("do"), from, head, where, { before: around.before, after: [] });
    }
    const outside = { before: [], after: around.after };
    let other: readonly Expr[] = [];
    for (const { test, then, may } of item.exits) {
      this.branch(and(...other, test), then, head, to, where, outside);
      if (!may) other = [...other, not(test)];
    }
    const inner = { ...where, breakTo: to, continueTo: head };
    this.branch(and(...other), item.body, head, head, inner, bare);
  }

  private edge(
    of: Step,
    from: number,
    to: number,
    { stack }: Surroundings,
    around: Around,
    pick: FlowEdge["pick"] = null,
  ): void {
    this.graph.edge(of, { from, to, stack, around }, pick);
  }

  private location({ sections }: Surroundings): number {
    return this.graph.location(sections);
  }

  private locationBefore(next: Statement | undefined, where: Surroundings): number {
    return next?.kind === "label"
      ? this.graph.labelled(next.name, where.sections)
      : this.location(where);
  }
}
