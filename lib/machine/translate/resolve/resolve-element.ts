/** Elements of variables: which slot of the state they are, or which constant. */
import type { IdSet } from "../../language/id-set.js";
import { extent, firstValue } from "./slots.js";
import { NOWHERE } from "../../model/evaluate.js";
import type { Variables } from "../data-flow/live-variables.js";
import type { Slot } from "../../model/model.js";
import { type ElementRef, type SlotRef, type Value, combine, constant } from "../../model/value.js";
import type { Scenario } from "../../language/scenario.js";
import type { Variable } from "../../language/variable.js";

/** Where the elements of each variable are. */
export class Elements {
  /** The members of each set that are named by their number. */
  readonly named = new Map<string, Set<number>>();
  private readonly base = new Map<Variable, number>();

  constructor(
    private readonly scenario: Scenario,
    { live }: Variables,
    private readonly slots: readonly Slot[],
  ) {
    let next = 0;
    for (const variable of live) {
      this.base.set(variable, next);
      next += this.sizes(variable).reduce((a, b) => a * b, 1);
    }
  }

  /** Notes that a member is named by its number. */
  name(set: IdSet, member: number): void {
    if (member < 0) return;
    if (member >= extent(set, this.scenario)) {
      throw new TypeError(`there is no ${set.name}${member}; see sizes`);
    }
    this.named.set(set.name, (this.named.get(set.name) ?? new Set()).add(member));
  }

  /** The element at an index: a slot, a slot that depends on the state, or a constant. */
  at(variable: Variable, index: readonly Value[]): SlotRef | ElementRef | Value {
    const sizes = this.sizes(variable);
    const base = this.base.get(variable);
    const known = index.flatMap((i) => (i.op === "const" ? [i.value] : []));
    if (base === undefined) {
      this.nameUnequal(variable);
      return this.unchanging(variable, index, known);
    }
    if (known.length < index.length) {
      const numbered = variable.per.flatMap((of, at) => (typeof of === "number" ? [at] : []));
      const element = { op: "element", base, sizes, index, variable: variable.name } as const;
      return numbered.length === 0 ? element : { ...element, numbered };
    }
    return { op: "slot", slot: base + known.reduce((at, i, d) => at * (sizes[d] ?? 1) + i, 0) };
  }

  /** The number of members of each dimension. */
  sizes(variable: Variable): number[] {
    return variable.per.map((of) => extent(of, this.scenario));
  }

  /** Constants that differ between the members of a set make them different. */
  private nameUnequal(variable: Variable): void {
    const { init, per, domain } = variable;
    const ids = domain.kind === "id" ? [...per, domain.set] : per;
    const alike = typeof init !== "function" && (domain.kind !== "id" || init < 0);
    if (alike) return;
    for (const set of ids) {
      if (typeof set === "number") continue;
      for (let member = 0; member < extent(set, this.scenario); member++) this.name(set, member);
    }
  }

  /** A variable that nothing assigns: a constant, or a table of constants. */
  private unchanging(variable: Variable, index: readonly Value[], known: number[]): Value {
    if (known.length === index.length) return constant(firstValue(variable, known));
    const at = index.findIndex((i) => i.op !== "const");
    const which = index[at];
    if (which === undefined) return constant(0);
    const size = this.sizes(variable)[at] ?? 0;
    const choices = Array.from({ length: size }, (_, member) =>
      this.unchanging(
        variable,
        index.map((i, d) => (d === at ? constant(member) : i)),
        index.flatMap((i, d) => (d === at ? [member] : i.op === "const" ? [i.value] : [])),
      ),
    );
    // As with a variable in the state: what stands nowhere reads as nobody.
    const all = this.mayBeOutside(which, size) ? [...choices, constant(NOWHERE)] : choices;
    const [first = constant(0)] = all;
    if (all.every((c) => c.op === "const" && first.op === "const" && c.value === first.value)) {
      return first;
    }
    return all.reduceRight((rest, choice, member) => ({
      op: "if",
      test: combine("==", which, constant(member)),
      then: choice,
      else: rest,
    }));
  }

  /** Whether an index may be none of `size`, as far as its text tells. */
  private mayBeOutside(index: Value, size: number): boolean {
    switch (index.op) {
      case "const":
        return index.value < 0 || index.value >= size;
      case "slot":
      case "element": {
        const { min, max } = this.slots[index.op === "slot" ? index.slot : index.base] ?? {};
        const outside = min === undefined || max === undefined || min < 0 || max >= size;
        if (outside || index.op === "slot") return outside;
        return index.index.some((of, at) => this.mayBeOutside(of, index.sizes[at] ?? 0));
      }
      case "if":
        return this.mayBeOutside(index.then, size) || this.mayBeOutside(index.else, size);
      case "not":
      case "binary":
      case "inside":
        return true;
    }
  }
}
