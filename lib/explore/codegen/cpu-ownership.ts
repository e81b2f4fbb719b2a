/**
 * JavaScript that watches who has which CPU. A process with its IRQs off keeps its CPU until it gives it
 * up: the reduction rests on that, so it is checked that
 *
 * - nobody but who has a CPU decides who has it, whether its IRQs are off or not: a run through steps
 *   with IRQs off hides when another's step would have come between, but not that it could come;
 * - no two have one CPU, in any stored state;
 * - a state is stored before every step that may end that somebody has a CPU, or move it to another.
 */
import type { Change, Instance, Model, Transition, Value } from "../../machine/index.js";
import { slotsOf } from "../../machine/model/places.js";
import { ValueWriter } from "./expression.js";
import { assignmentsOf, conjuncts, readSlots } from "../analysis/footprint.js";
import { hasCpu, ownsCpu } from "../analysis/guards.js";
import type { Packing } from "./packing.js";
import { wordNames } from "./js.js";

/** Writes the checks; `D[1]` notes that one failed. */
export class OwnerWriter {
  private readonly owners: readonly (Owner | null)[];
  private readonly cpus: readonly (Value | null)[];
  private readonly old: ValueWriter;
  /** Which transitions may change who has a CPU, as far as that was asked. */
  private readonly deciding = new Map<number, boolean>();

  constructor(
    model: Model,
    private readonly packing: Packing,
  ) {
    this.owners = model.processes.map((p) => ownerOf(model, p));
    this.cpus = model.processes.map(({ cpu }) => cpu);
    this.old = new ValueWriter(packing, "w");
  }

  /** When a process has its CPU until it gives it up; null if that is never known. */
  owns(process: number): Value | null {
    return this.owners[process]?.owns ?? null;
  }

  /**
   * Notes if the step changes who has a CPU that its own process does not have.
   *
   * @param before the prefix of the words before the step
   * @param after the prefix of the words after it
   */
  stability(t: Transition, before: string, after: string): string {
    if (!this.decides(t)) return "";
    const { words } = this.packing;
    const given = [...wordNames(before, words), ...wordNames(after, words)];
    return `t${String(t.process)}(${given.join(",")});`;
  }

  private decides(t: Transition): boolean {
    const known = this.deciding.get(t.id);
    if (known !== undefined) return known;
    const slots = t.changes.flatMap(assignmentsOf).flatMap(({ to }) => slotsOf(to));
    const may = this.owners.some((owner, number) => {
      const on = number === t.process ? owner?.where : owner?.reads;
      return slots.some((slot) => on?.has(slot));
    });
    this.deciding.set(t.id, may);
    return may;
  }

  /** Whether a step may end that somebody has a CPU, or move it to another. */
  gives(t: Transition): boolean {
    const written = t.changes.flatMap(assignmentsOf);
    return this.owners.some((owner) => owner !== null && mayLose(written, owner));
  }

  /** Functions that compare who has which CPU before and after a step of each of some processes. */
  stabilities(movers: readonly number[]): string {
    const { words } = this.packing;
    const { old } = this;
    const fresh = new ValueWriter(this.packing, "n");
    const given = [...wordNames("w", words), ...wordNames("n", words)].join(",");
    return movers
      .map((number) => {
        const mover = this.cpus[number] ?? null;
        const here = mover === null ? "-1" : old.number(mover);
        const tests = this.owners.map((owner, other) => {
          if (owner === null) return "";
          const { has, cpu } = owner;
          const was = old.number(cpu);
          const is = fresh.number(cpu);
          if (other === number)
            return was === is ? "" : `if(${fresh.test(has)}&&${was}!==${is})D[1]=1;`;
          return (
            `{const x=${old.test(has)}?${was}:-1,y=${fresh.test(has)}?${is}:-1;` +
            `if(x!==y&&(x>=0&&x!==m||y>=0&&y!==m))D[1]=1;}`
          );
        });
        return `function t${String(number)}(${given}){const m=${here};${tests.join("")}}`;
      })
      .join("");
  }

  /** Notes if two processes have one CPU. */
  uniqueness(): string {
    const { old } = this;
    const parts = this.owners.map((owner) => {
      if (owner === null) return "";
      const { has, cpu } = owner;
      return `if(${old.test(has)}){const c=1<<${old.number(cpu)};if(o&c)D[1]=1;o|=c;}`;
    });
    return `let o=0;${parts.join("")}`;
  }
}

/** When a process has its CPU, and which that is. */
interface Owner {
  readonly has: Value;
  /** When it has the CPU until it gives it up. */
  readonly owns: Value;
  readonly cpu: Value;
  /** What both depend on. */
  readonly reads: ReadonlySet<number>;
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
  const has = hasCpu(process);
  const { cpu, runs } = process;
  if (owns === null || has === null || cpu === null) return null;
  const parts = conjuncts(runs).map((part) => {
    return { reads: readSlots(part), index: part.op === "not" ? indexOf(part.of) : null };
  });
  const where = readSlots(cpu);
  return { has, owns, cpu, reads: new Set([...readSlots(runs), ...where]), where, parts };
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
