/** A control-flow graph as it grows: locations, edges, and the labels that jumps go to. */
import { type Around, stacked } from "./pending-facts.js";
import { type Expr, or } from "../../language/expr.js";
import type { Flow, FlowEdge } from "./flow-type.js";
import type { LeftBehind } from "./left-behind.js";
import type { Step } from "../../language/statement.js";

/** Between which locations something stands, and in which functions. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly stack: readonly string[];
  readonly around: Around;
}

/** The graph of one process. */
export class FlowGraph {
  readonly ends = new Set<number>();
  private readonly rests = new Map<number, Expr>();
  private readonly edges: FlowEdge[] = [];
  private readonly inside: (readonly string[])[] = [];
  private readonly labels = new Map<string, number>();
  private readonly placed = new Set<string>();

  constructor(private readonly process: string) {}

  /** A new location inside these sections. */
  location(sections: readonly string[]): number {
    return this.inside.push(sections) - 1;
  }

  edge(of: Step, { from, to, stack, around }: Place, pick: FlowEdge["pick"] = null): void {
    if (of.end === true) this.ends.add(from);
    else if (of.end !== false) this.rests.set(from, or(this.rests.get(from) ?? false, of.end));
    const { label, guard, effects, at, late = false } = of;
    const facts = [...around.before, ...stacked(of.facts, stack), ...around.after];
    const early = around.before.length;
    this.edges.push({ from, to, label, at, stack, guard, effects, facts, early, pick, late });
  }

  /** Adds to the steps that end the process what is looked at there. */
  leave(final: number, left: (edges: readonly FlowEdge[]) => LeftBehind): void {
    const { effects, facts } = left(this.edges);
    if (effects.length === 0 && facts.length === 0) return;
    for (const [at, edge] of this.edges.entries()) {
      if (edge.to !== final) continue;
      this.edges[at] = {
        ...edge,
        effects: [...edge.effects, ...effects],
        facts: [...edge.facts, ...stacked(facts, edge.stack)],
      };
    }
  }

  /** The location of a label, which may stand anywhere in the process. */
  labelled(name: string, sections: readonly string[]): number {
    const known = this.labels.get(name);
    if (known !== undefined) return known;
    const made = this.location(sections);
    this.labels.set(name, made);
    return made;
  }

  /** Notes that a label stands here, and returns whether this can be its location. */
  place(name: string, here: number, free: boolean): boolean {
    if (this.placed.has(name)) throw this.error(`label("${name}") is there twice`);
    this.placed.add(name);
    if (!free || this.labels.has(name)) return false;
    this.labels.set(name, here);
    return true;
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
      rests: new Map(
        [...this.rests].filter(([at]) => renamed.has(at)).map(([at, of]) => [rename(at), of]),
      ),
      sections,
    };
  }

  error(what: string): TypeError {
    return new TypeError(`process ${this.process}: ${what}`);
  }
}
