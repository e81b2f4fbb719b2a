/**
 * A model in Promela, for the checker SPIN: the same table of transitions, each one `d_step`, so that
 * without reductions SPIN reaches exactly the states that the lab does.
 *
 * Where a scenario outgrows one machine or the lab, this is the way on: SPIN's own multi-core and
 * swarm runs (Holzmann, "The SPIN Model Checker", 2003; spinroot.com).
 */
import type { Change, ElementRef, Instance, Model, SlotRef, Value } from "../machine/index.js";
import type { Transition } from "../machine/index.js";
import { ValueWriter } from "./codegen/expressions/expression.js";
import { readSlots } from "./analysis/footprint.js";
import { packingOf } from "./codegen/layout/packing.js";

/** What the Promela is for. */
export interface PromelaOptions {
  /**
   * `graph` (the default) has the states and steps of the scenario alone; `verdict` adds assertions,
   * and devices that may fall silent forever, so that a deadlock of the rest is an invalid end state.
   */
  readonly purpose?: "graph" | "verdict";
}

/**
 * Returns a model as Promela.
 *
 * @example
 * const text = promela(translate(dining(3)));
 * text.includes("active proctype") // true
 */
export function promela(model: Model, options: PromelaOptions = {}): string {
  return new Writer(model, options.purpose === "verdict").text();
}

class Writer {
  private readonly arrays = new Map<number, { readonly name: string; readonly at: number }>();

  private readonly ranges: ValueWriter;

  /** The locations that others read: steps, and conditions on states. */
  private readonly watched: ReadonlySet<number>;

  constructor(
    private readonly model: Model,
    private readonly verdict: boolean,
  ) {
    this.ranges = new ValueWriter(packingOf(model), "");
    const conditions = [...model.always, ...model.quiescent, ...model.finally];
    const asked = verdict ? conditions.flatMap(({ holds }) => [...readSlots(holds)]) : [];
    const own = model.transitions.flatMap((t) => [
      ...readSlots(t.guard),
      ...t.changes.flatMap((change) => [...readByChange(change)]),
    ]);
    const isLocation = (at: number): boolean => model.slots[at]?.variable === null;
    this.watched = new Set([...asked, ...own].filter(isLocation));
  }

  text(): string {
    const { model } = this;
    const declared = this.declarations();
    const processes = model.processes.map((p, number) => this.process(p, number));
    const watch = this.verdict ? this.watchers() : [];
    for (const slot of this.watched) {
      declared.push(`byte at${String(model.slots[slot]?.process ?? 0)};`);
    }
    const title = `/* ${model.scenario.name.replaceAll("*/", "")} */`;
    return [title, ...declared, "", ...processes, ...watch].join("\n");
  }

  private declarations(): string[] {
    const lines: string[] = [];
    const { slots } = this.model;
    for (let at = 0; at < slots.length;) {
      const { variable, name, min, max } = slots[at] ?? {
        variable: null,
        name: "",
        min: 0,
        max: 0,
      };
      if (variable === null) break;
      const first = at;
      const array = `v${String(lines.length)}_${variable.name.replace(/\W+/g, "_")}`;
      while (slots[at]?.variable === variable)
        this.arrays.set(at++, { name: array, at: at - 1 - first });
      const size = at - first;
      const type = max - min > 255 ? "int" : max - min > 1 ? "byte" : "bit";
      const values = slots.slice(first, at).map((s) => s.init - s.min);
      const same = values.every((v) => v === values[0]);
      const init = same ? String(values[0] ?? 0) : `{ ${values.join(", ")} }`;
      const offset = min === 0 ? "" : `, kept as value + ${String(-min)}`;
      const comment = ` /* ${name.replaceAll("*/", "")}${offset} */`;
      lines.push(
        `${type === "bit" && size > 1 ? "byte" : type} ${array}[${String(size)}] = ${init};${comment}`,
      );
    }
    return lines;
  }

  private process(p: Instance, number: number): string {
    const silent = this.verdict && p.kind === "device";
    // Where it is fine to wait only under a condition, SPIN is told once nothing else can move.
    const rests = this.verdict && p.rests.size > 0;
    const blocks = p.leaving.map((leaving, location) => {
      const label = `${this.label(p, location)}:`;
      const arms = leaving.map((t) => this.arm(t, p));
      if (silent) arms.push("  :: true -> goto end_silent");
      const rest = p.rests.get(location);
      if (rests && rest !== undefined) {
        arms.push(`  :: timeout && ${this.value(rest)} -> goto end_rest`);
      }
      if (arms.length === 0) return `${label}\n  false;`;
      return `${label}\n  if\n${arms.join("\n")}\n  fi;`;
    });
    if (silent) blocks.push("end_silent:\n  false;");
    if (rests) blocks.push("end_rest:\n  false;");
    const name = `p${String(number)}_${p.name.replace(/\W+/g, "_")}`;
    return `active proctype ${name}()\n{\n${blocks.join("\n")}\n}\n`;
  }

  private arm(t: Transition, p: Instance): string {
    const body = t.changes.flatMap((change) => this.change(change));
    if (this.watched.has(p.slot)) body.push(`at${String(t.process)} = ${String(t.to)}`);
    const label = t.label.replaceAll("*/", "");
    const guard = this.value(t.guard);
    return `  :: d_step { ${[guard, ...body].join("; ")} }; goto ${this.label(p, t.to)} /* ${label} */`;
  }

  private change(change: Change): string[] {
    switch (change.kind) {
      case "assign":
        return [this.assignment(change)];
      case "if": {
        const then = change.then.flatMap((c) => this.change(c));
        const otherwise = change.else.flatMap((c) => this.change(c));
        const list = (of: string[]): string => (of.length === 0 ? "skip" : of.join("; "));
        return [
          `if :: ${this.value(change.test)} -> ${list(then)} :: else -> ${list(otherwise)} fi`,
        ];
      }
      case "check":
        return this.verdict ? [`assert(${this.value(change.test)})`] : [];
    }
  }

  /** As a step does it: what is out of its range or assigned to nobody changes nothing, and is misuse. */
  private assignment({ to, value }: Extract<Change, { kind: "assign" }>): string {
    const { min, max } = this.slotOf(to);
    const text = this.value(value);
    const store = `${this.place(to)} = ${min === 0 ? text : `${text} + ${String(-min)}`}`;
    const [least, most] = this.ranges.range(value);
    const fits = [
      ...(to.op === "element" ? [this.within(to)].filter((test) => test !== "") : []),
      ...(least < min ? [`${text} >= ${String(min)}`] : []),
      ...(most > max ? [`${text} <= ${String(max)}`] : []),
    ];
    if (fits.length === 0) return store;
    const otherwise = this.verdict ? "assert(false)" : "skip";
    return `if :: ${fits.join(" && ")} -> ${store} :: else -> ${otherwise} fi`;
  }

  private value(of: Value): string {
    switch (of.op) {
      case "const":
        return of.value < 0 ? `(${String(of.value)})` : String(of.value);
      case "slot":
        return this.read(of);
      case "element": {
        const within = this.within(of);
        return within === "" ? this.read(of) : `(${within} -> ${this.read(of)} : -1)`;
      }
      case "not":
        return `!(${this.value(of.of)})`;
      case "binary": {
        const by = {
          and: "&&",
          or: "||",
          "==": "==",
          "!=": "!=",
          "<": "<",
          "<=": "<=",
          "+": "+",
          "-": "-",
          "*": "*",
          "/": "/",
          "%": "%",
          "&": "&",
          "|": "|",
          "^": "^",
          "<<": "<<",
          ">>": ">>",
        }[of.by];
        const [least, most] = this.ranges.range(of.right);
        if ((by === "/" || by === "%") && least <= 0 && most >= 0) {
          const divisor = this.value(of.right);
          return `(${divisor} == 0 -> 0 : ${this.value(of.left)} ${by} ${divisor})`;
        }
        return `(${this.value(of.left)} ${by} ${this.value(of.right)})`;
      }
      case "if":
        return `(${this.value(of.test)} -> ${this.value(of.then)} : ${this.value(of.else)})`;
      case "inside": {
        const at = of.where.flatMap(({ slot, locations }) => this.remote(slot, locations));
        return at.length === 0 ? "0" : `(${at.join(" + ")})`;
      }
    }
  }

  /** Whether a process is at one of some locations, as its steps noted for the watchers. */
  private remote(slot: number, locations: readonly number[]): string[] {
    const number = this.model.slots[slot]?.process;
    if (number == null) return [];
    const any = locations.map((l) => `at${String(number)} == ${String(l)}`);
    return [`(${any.join(" || ")})`];
  }

  private read(of: SlotRef | ElementRef): string {
    const { min } = this.slotOf(of);
    const place = this.place(of);
    return min === 0 ? place : `(${place} - ${String(-min)})`;
  }

  private place(of: SlotRef | ElementRef): string {
    if (of.op === "slot") {
      const { name, at } = this.arrays.get(of.slot) ?? { name: "?", at: 0 };
      return `${name}[${String(at)}]`;
    }
    const { name } = this.arrays.get(of.base) ?? { name: "?" };
    const index = of.index.map((i, d) => {
      const rest = of.sizes.slice(d + 1).reduce((a, b) => a * b, 1);
      return rest === 1 ? this.value(i) : `${this.value(i)} * ${String(rest)}`;
    });
    return `${name}[${index.join(" + ")}]`;
  }

  /** The condition that every index names a member; empty if none may do otherwise. */
  private within(of: ElementRef): string {
    return of.index
      .flatMap((i, at) => {
        const [least, most] = this.ranges.range(i);
        const size = of.sizes[at] ?? 0;
        const low = least < 0 ? [`${this.value(i)} >= 0`] : [];
        return most >= size ? [...low, `${this.value(i)} < ${String(size)}`] : low;
      })
      .join(" && ");
  }

  private slotOf(of: SlotRef | ElementRef): { readonly min: number; readonly max: number } {
    return this.model.slots[of.op === "slot" ? of.slot : of.base] ?? { min: 0, max: 0 };
  }

  private label(p: Instance, location: number): string {
    const end = p.ends.has(location) || p.kind === "device";
    return `${end ? "end_" : ""}L${String(location)}`;
  }

  /** Conditions on states: in every one, and where nothing can move any more. */
  private watchers(): string[] {
    const always = this.model.always.map(
      ({ holds }, at) =>
        `active proctype always${String(at)}()\n{\nend:\n  d_step { !(${this.value(holds)}); assert(false) }\n}\n`,
    );
    const quiet = [...this.model.quiescent, ...this.model.finally].map(
      ({ holds }, at) =>
        `active proctype quiescent${String(at)}()\n{\nend:\n  d_step { timeout && !(${this.value(holds)}); assert(false) }\n}\n`,
    );
    return [...always, ...quiet];
  }
}

/** The slots that a change reads. */
function readByChange(change: Change): ReadonlySet<number> {
  switch (change.kind) {
    case "assign": {
      const index = change.to.op === "element" ? change.to.index : [];
      return new Set([change.value, ...index].flatMap((of) => [...readSlots(of)]));
    }
    case "if": {
      const inner = [...change.then, ...change.else].flatMap((of) => [...readByChange(of)]);
      return new Set([...readSlots(change.test), ...inner]);
    }
    case "check":
      return readSlots(change.test);
  }
}
