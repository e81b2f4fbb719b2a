/** The control-flow graph of a process: its locations and the steps between them. */
import type { Expr } from "./expr.js";
import { not } from "./expr.js";
import type { IdSet } from "./id-set.js";
import type { Process } from "./process.js";
import { type Effect, type FactTemplate, type Statement, type Step, step } from "./statement.js";

/** A fact with the functions that were on the stack, innermost first. */
export interface StackedFact {
  readonly fact: FactTemplate;
  readonly stack: readonly string[];
}

/** A step from one location to another. */
export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly stack: readonly string[];
  readonly guard: Expr;
  readonly effects: readonly Effect[];
  readonly facts: readonly StackedFact[];
  /** The id that is picked, if the step is a choice over a set. */
  readonly pick: { readonly name: string; readonly set: IdSet } | null;
}

/** Locations are numbered from 0, the entry; each has the edges that leave it. */
export interface Flow {
  readonly locations: number;
  readonly edges: readonly FlowEdge[];
  /** Where waiting for ever is fine. */
  readonly ends: ReadonlySet<number>;
  /** The locations inside each section. */
  readonly sections: ReadonlyMap<string, ReadonlySet<number>>;
}

interface Surroundings {
  readonly stack: readonly string[];
  readonly breakTo: number | null;
  readonly continueTo: number | null;
  readonly returnTo: number;
  readonly sections: readonly string[];
}

/** Facts that come right before and right after what is being translated. */
interface Around {
  readonly before: readonly StackedFact[];
  readonly after: readonly StackedFact[];
}

const bare: Around = { before: [], after: [] };

/** Returns the control-flow graph of a process; throws a TypeError naming process and statement. */
export function flowOf(process: Process): Flow {
  const building = new Building(process.name);
  const entry = building.location([]);
  const final = building.location([]);
  building.ends.add(final);
  const top: Surroundings = {
    stack: [],
    breakTo: null,
    continueTo: null,
    returnTo: final,
    sections: [],
  };
  building.sequence(process.body, entry, final, top, bare, true);
  return building.finish(entry);
}

class Building {
  readonly ends = new Set<number>();
  private readonly edges: FlowEdge[] = [];
  private readonly inside: (readonly string[])[] = [];
  private readonly labels = new Map<string, number>();
  private readonly placed = new Set<string>();

  constructor(private readonly process: string) {}

  location(sections: readonly string[]): number {
    return this.inside.push(sections) - 1;
  }

  sequence(
    body: readonly Statement[],
    from: number,
    to: number,
    where: Surroundings,
    around: Around,
    owned: boolean,
  ): void {
    const { items, target, falls } = this.upToJump(body, to, where);
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

  /** Locations, with those that no step reaches left out and the entry first. */
  finish(entry: number): Flow {
    for (const name of this.labels.keys()) {
      if (!this.placed.has(name)) throw this.error(`goto_("${name}"): no such label`);
    }
    const order = [entry];
    const renamed = new Map([[entry, 0]]);
    for (const at of order) {
      for (const { from, to } of this.edges) {
        if (from !== at || renamed.has(to)) continue;
        renamed.set(to, order.length);
        order.push(to);
      }
    }
    const rename = (of: number): number => renamed.get(of) ?? -1;
    const sections = new Map<string, Set<number>>();
    for (const [at, old] of order.entries()) {
      for (const name of this.inside[old] ?? []) {
        sections.set(name, (sections.get(name) ?? new Set()).add(at));
      }
    }
    return {
      locations: order.length,
      edges: this.edges
        .filter(({ from }) => renamed.has(from))
        .map((e) => ({ ...e, from: rename(e.from), to: rename(e.to) }))
        .sort((a, b) => a.from - b.from),
      ends: new Set([...this.ends].filter((at) => renamed.has(at)).map(rename)),
      sections,
    };
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
        const first = this.location(inner.sections);
        const { before, after } = around;
        if (item.body.every(isAnnotation)) {
          const facts = item.body.flatMap((of) => annotated(of, where.stack));
          this.edge(step(`enter ${item.name}`), from, first, where, { before, after: facts });
          this.edge(step(`leave ${item.name}`), first, to, where, { before: [], after });
          return;
        }
        const last = this.location(inner.sections);
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
      case "either":
        for (const arm of item.arms) this.sequence(arm, from, to, where, around, false);
        return;
      case "annotate":
      case "label":
      case "break":
      case "continue":
      case "return":
      case "goto":
        throw this.error(`${item.kind}: not at the end of a sequence`);
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
    if (this.placed.has(name)) throw this.error(`label("${name}") is there twice`);
    this.placed.add(name);
    if (owned && before.length === 0 && !this.labels.has(name)) {
      this.labels.set(name, here);
      return here;
    }
    const to = this.labelled(name, where);
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
    const { items, target, falls } = this.upToJump(arm, to, where);
    const taken = step(printTest(test), { when: test });
    if (items.every(isAnnotation)) {
      const facts = items.flatMap((item) => annotated(item, where.stack));
      const after = [...facts, ...(falls ? around.after : [])];
      this.edge(taken, from, target, where, { before: around.before, after });
      return;
    }
    const inner = this.location(where.sections);
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
      throw this.error("forever([]): an endless loop without a step");
    }
    let head = from;
    if (!owned || around.before.length > 0) {
      head = this.location(where.sections);
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

  private edge(
    of: Step,
    from: number,
    to: number,
    where: Surroundings,
    around: Around,
    pick: FlowEdge["pick"] = null,
  ): void {
    if (of.end) this.ends.add(from);
    const { label, guard, effects } = of;
    const { stack } = where;
    const facts = [...around.before, ...stacked(of.facts, stack), ...around.after];
    this.edges.push({ from, to, label, stack, guard, effects, facts, pick });
  }

  /** The statements before the first jump, where the sequence then goes, and whether by itself. */
  private upToJump(
    body: readonly Statement[],
    to: number,
    where: Surroundings,
  ): { items: readonly Statement[]; target: number; falls: boolean } {
    for (const [at, item] of body.entries()) {
      const target = this.jumpTarget(item, where);
      if (target !== null) return { items: body.slice(0, at), target, falls: false };
    }
    return { items: body, target: to, falls: true };
  }

  private jumpTarget(item: Statement, where: Surroundings): number | null {
    switch (item.kind) {
      case "break":
        if (where.breakTo === null) throw this.error("break_ outside of a loop");
        return where.breakTo;
      case "continue":
        if (where.continueTo === null) throw this.error("continue_ outside of a loop");
        return where.continueTo;
      case "return":
        return where.returnTo;
      case "goto":
        return this.labelled(item.name, where);
      case "step":
      case "annotate":
      case "choose":
      case "if":
      case "while":
      case "either":
      case "call":
      case "section":
      case "label":
        return null;
    }
  }

  private locationBefore(next: Statement | undefined, where: Surroundings): number {
    return next?.kind === "label" ? this.labelled(next.name, where) : this.location(where.sections);
  }

  private labelled(name: string, where: Surroundings): number {
    const known = this.labels.get(name);
    if (known !== undefined) return known;
    const made = this.location(where.sections);
    this.labels.set(name, made);
    return made;
  }

  private error(what: string): TypeError {
    return new TypeError(`process ${this.process}: ${what}`);
  }
}

const stacked = (facts: readonly FactTemplate[], stack: readonly string[]): StackedFact[] =>
  facts.map((fact) => ({ fact, stack }));

/** Whether a statement is no step of the machine: facts alone, or a call that holds nothing else. */
function isAnnotation(item: Statement): boolean {
  return item.kind === "annotate" || (item.kind === "call" && item.body.every(isAnnotation));
}

function annotated(item: Statement, stack: readonly string[]): StackedFact[] {
  switch (item.kind) {
    case "annotate":
      return stacked(item.facts, stack);
    case "call":
      return item.body.flatMap((inner) => annotated(inner, [item.name, ...stack]));
    case "step":
    case "choose":
    case "if":
    case "while":
    case "either":
    case "section":
    case "label":
    case "goto":
    case "break":
    case "continue":
    case "return":
      return [];
  }
}

/** A condition as a reader would write it. */
export function printTest(of: Expr): string {
  return printExpr(of, false);
}

function printExpr(of: Expr, nested: boolean): string {
  switch (of.op) {
    case "const":
      return of.value === -1 ? "none" : String(of.value);
    case "read":
      return of.variable.name + of.index.map((i) => `[${printExpr(i, false)}]`).join("");
    case "not":
      return of.of.op === "not" ? printExpr(of.of.of, nested) : `!${printExpr(of.of, true)}`;
    case "binary": {
      const by = { and: "&&", or: "||" }[of.by as string] ?? of.by;
      const text = `${printExpr(of.left, true)} ${by} ${printExpr(of.right, true)}`;
      return nested ? `(${text})` : text;
    }
    case "if":
      return `(${printExpr(of.test, true)} ? ${printExpr(of.then, true)} : ${printExpr(of.else, true)})`;
    case "bound":
      return of.name.replace("this ", "");
    case "some":
    case "every":
    case "count":
      return `${of.op}(${of.name}: ${printExpr(of.body, false)})`;
    case "cpu":
      return "smp_processor_id()";
    case "self":
      return "current";
    case "inside":
      return `inside(${of.section})`;
  }
}
