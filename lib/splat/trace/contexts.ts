/** What a CPU runs in and whether its interrupts are on, as far as a trace tells. */
import type { Fact } from "../../primitives/event.js";
import type { TraceEvent } from "./event.js";

type Context = "hardirq" | "softirq";

/** Follows one CPU: by ftrace's flags where the trace has them, else by the events of interrupts. */
export class CpuContexts {
  #inside: readonly Context[] = [];
  /** Off unless the trace says otherwise: then no lock counts as held with interrupts on. */
  #irqsOn = false;

  /** Returns what lockdep has to be told before the event. */
  before(event: TraceEvent): readonly Fact[] {
    if (event.flags !== null) return this.#become(wantedBy(event.flags), irqsOnBy(event.flags));
    switch (event.kind) {
      case "enter":
        return this.#become([...this.#inside, event.context], this.#irqsOn);
      case "exit": {
        const at = this.#inside.lastIndexOf(event.context);
        const left = at < 0 ? this.#inside : this.#inside.slice(0, at);
        return this.#become(left, left.length === 0 ? this.#irqsOn : false);
      }
      case "irqs":
        return this.#become(this.#inside, event.on);
      default:
        return [];
    }
  }

  /** How deep in interrupts the CPU is: locks of another depth are no order. */
  get depth(): number {
    return this.#inside.length;
  }

  #become(wanted: readonly Context[], irqsOn: boolean): readonly Fact[] {
    const same = this.#inside.findIndex((context, at) => context !== wanted[at]);
    const kept = same < 0 ? Math.min(this.#inside.length, wanted.length) : same;
    const exits = this.#inside.slice(kept).reverse();
    const enters = wanted.slice(kept);
    const facts: Fact[] = [
      ...exits.map((context): Fact => ({ kind: "exit", context })),
      ...enters.map((context): Fact => ({ kind: "enter", context })),
    ];
    // To enter a hard interrupt switches them off; nothing is told twice.
    const off = enters.includes("hardirq");
    if (irqsOn !== (off ? false : this.#irqsOn)) facts.push({ kind: "hardirqs", on: irqsOn });
    this.#inside = wanted;
    this.#irqsOn = irqsOn;
    return facts;
  }
}

/** The third flag: `h` a hard interrupt, `s` a softirq, `H` one within the other (trace_output.c). */
function wantedBy(flags: string): readonly Context[] {
  switch (flags[2]) {
    case "h":
    case "z":
      return ["hardirq"];
    case "s":
      return ["softirq"];
    case "H":
    case "Z":
      return ["softirq", "hardirq"];
    default:
      return [];
  }
}

const irqsOnBy = (flags: string): boolean => !/^[dD]/.test(flags);
