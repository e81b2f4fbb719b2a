/**
 * JavaScript that watches who has which CPU. A process with its IRQs off keeps its CPU until it gives it up:
 * the reduction rests on that, so it is checked.
 */
import type { Change, Instance, Model, Transition, Value } from "../machine/index.js";
import { slotsOf } from "../machine/places.js";
import { ValueWriter } from "./emit-value.js";
import { assignmentsOf, conjuncts, readSlots } from "./footprint.js";
import { ownsCpu } from "./guards.js";
import type { Packing } from "./packing.js";
import { wordNames } from "./word-names.js";

/** Writes the checks; `D[1]` notes that one failed. */
export class OwnerWriter {
  private readonly owners: readonly (Owner | null)[];
  private readonly old: ValueWriter;
  /** Which transitions may take a CPU from another process, as far as that was asked. */
  private readonly losing = new Map<number, boolean>();

  constructor(
    model: Model,
    private readonly packing: Packing,
  ) {
    this.owners = model.processes.map((p) => ownerOf(model, p));
    this.old = new ValueWriter(packing, "w");
  }

  /** When a process has its CPU; null for a device, which has none. */
  owns(process: number): Value | null {
    return this.owners[process]?.owns ?? null;
  }

  /**
   * Notes if the step takes a CPU away from another process that thought it had it.
   *
   * @param before the prefix of the words before the step
   * @param after the prefix of the words after it
   */
  stability(t: Transition, before: string, after: string): string {
    if (!this.mayLose(t)) return "";
    const { words } = this.packing;
    const given = [...wordNames(before, words), ...wordNames(after, words)];
    return `t${String(t.process)}(${given.join(",")});`;
  }

  private mayLose(t: Transition): boolean {
    const known = this.losing.get(t.id);
    if (known !== undefined) return known;
    const written = t.changes.flatMap(assignmentsOf);
    const may = this.owners.some(
      (owner, number) => owner !== null && number !== t.process && mayLose(written, owner),
    );
    this.losing.set(t.id, may);
    return may;
  }

  /** Functions that compare who has which CPU before and after a step of each process. */
  stabilities(): string {
    const { words } = this.packing;
    const { old } = this;
    const fresh = new ValueWriter(this.packing, "n");
    const tests = this.owners.map((owner) => {
      if (owner === null) return "";
      const { owns, cpu } = owner;
      const same = `${old.number(cpu)}===${fresh.number(cpu)}`;
      return `if(${old.test(owns)}&&!(${fresh.test(owns)}&&${same}))D[1]=1;`;
    });
    const given = [...wordNames("w", words), ...wordNames("n", words)].join(",");
    return tests
      .map((_, mover) => {
        const others = tests.filter((__, number) => number !== mover).join("");
        return `function t${String(mover)}(${given}){${others}}`;
      })
      .join("");
  }

  /** Notes if two processes think that they have one CPU. */
  uniqueness(): string {
    const { old } = this;
    const parts = this.owners.map((owner) => {
      if (owner === null) return "";
      const { owns, cpu } = owner;
      return `if(${old.test(owns)}){const c=1<<${old.number(cpu)};if(o&c)D[1]=1;o|=c;}`;
    });
    return `let o=0;${parts.join("")}`;
  }
}

/** When a process has its CPU, and which that is. */
interface Owner {
  readonly owns: Value;
  readonly cpu: Value;
  /** What the CPU depends on. */
  readonly where: ReadonlySet<number>;
  /**
   * What must hold, with what each part depends on; if it is that a flag is not set, also what the
   * choice of the flag depends on.
   */
  readonly parts: readonly {
    readonly reads: ReadonlySet<number>;
    readonly index: ReadonlySet<number> | null;
  }[];
}

function ownerOf(model: Model, process: Instance): Owner | null {
  const owns = ownsCpu(model, process);
  const { cpu } = process;
  if (owns === null || cpu === null) return null;
  const parts = conjuncts(owns).map((part) => {
    return { reads: readSlots(part), index: part.op === "not" ? indexOf(part.of) : null };
  });
  return { owns, cpu, where: readSlots(cpu), parts };
}

/** What the choice of a flag depends on; null if it is no flag. */
function indexOf(flag: Value): ReadonlySet<number> | null {
  switch (flag.op) {
    case "slot":
      return new Set();
    case "element":
      return new Set(flag.index.flatMap((i) => [...readSlots(i)]));
    case "const":
    case "not":
    case "binary":
    case "if":
    case "inside":
      return null;
  }
}

/** Whether assignments may end that a process has its CPU, or move it to another. */
function mayLose(
  written: readonly Extract<Change, { kind: "assign" }>[],
  { where, parts }: Owner,
): boolean {
  return written.some(({ to, value }) => {
    const slots = slotsOf(to);
    if (slots.some((slot) => where.has(slot))) return true;
    // What must not be set can be cleared.
    const clears = value.op === "const" && value.value === 0;
    return parts.some(({ reads, index }) => {
      if (!slots.some((slot) => reads.has(slot))) return false;
      return !clears || index === null || slots.some((slot) => index.has(slot));
    });
  });
}
