/**
 * JavaScript that watches who owns which CPU. A process with its IRQs off keeps its CPU until it gives it
 * up: the reduction rests on that, so it is checked that
 *
 * - only the process that has a CPU decides which has it, whether its IRQs are off or not: a run through steps
 *   with IRQs off hides when another's step would have come between, but not that it could come;
 * - no two have one CPU, in any stored state;
 * - a state is stored before every step that may end that somebody has a CPU, or move it to another.
 */
import type { Model, Transition, Value } from "../../../machine/index.js";
import { slotsOf } from "../../../machine/model/places.js";
import { assignmentsOf } from "../../analysis/footprint.js";
import { type CpuOwner, mayLoseCpu, ownerOf } from "../../analysis/cpu-owner.js";
import { code } from "../text/code.js";
import { ValueWriter } from "../expressions/expression.js";
import { checkOwners, wordNames } from "../layout/names.js";
import type { Packing } from "../layout/packing.js";
import type { Pass } from "../text/pass.js";

const lost = "search.broken[1] = 1;";

/** Writes the checks; `search.broken[1]` notes that one failed. */
export class OwnerWriter {
  private readonly owners: readonly (CpuOwner | null)[];
  private readonly cpus: readonly (Value | null)[];
  private readonly old: ValueWriter;
  private readonly next: ValueWriter;
  /** Which transitions may change who has a CPU, as far as that was asked. */
  private readonly deciding = new Map<number, boolean>();

  constructor(
    model: Model,
    private readonly packing: Packing,
  ) {
    this.owners = model.processes.map((p) => ownerOf(model, p));
    this.cpus = model.processes.map(({ cpu }) => cpu);
    this.old = new ValueWriter(packing, "w");
    this.next = new ValueWriter(packing, "n");
  }

  /** When a process has its CPU until it gives it up; null if that is never known. */
  owns(process: number): Value | null {
    return this.owners[process]?.owns ?? null;
  }

  /** Whether a step may end that somebody has a CPU, or move it to another. */
  gives(t: Transition): boolean {
    const written = t.changes.flatMap(assignmentsOf);
    return this.owners.some((owner) => owner !== null && mayLoseCpu(written, owner));
  }

  /** The names of the functions that `check()` calls for steps of these processes. */
  checks(processes: readonly number[]): string[] {
    return processes.map(checkOwners);
  }

  /**
   * Notes if the step changes who has a CPU that its own process does not have.
   *
   * @param before the prefix of the words before the step
   * @param after the prefix of the words after it
   */
  check(t: Transition, before: string, after: string): string {
    if (!this.decides(t)) return "";
    const { words } = this.packing;
    const given = [...wordNames(before, words), ...wordNames(after, words)];
    return `${checkOwners(t.process)}(${given.join(", ")}, search);`;
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

  /** Returns the functions that compare who has which CPU before and after a step of some processes. */
  pass(movers: readonly number[]): Pass {
    const { words } = this.packing;
    const given = [...wordNames("w", words), ...wordNames("n", words)].join(", ");
    const functions = movers.map((number) => {
      const cpu = this.cpus[number] ?? null;
      return code`function ${checkOwners(number)}(${given}, search) {
        const mover = ${cpu === null ? "-1" : this.old.number(cpu)};
        ${this.owners.map((owner, other) => (owner === null ? "" : this.kept(owner, other === number)))}
      }`;
    });
    return {
      title: "whether a step changed who owns another's CPU",
      source: functions.join("\n"),
      provides: movers.map(checkOwners),
      needs: [],
    };
  }

  private kept({ has, cpu }: CpuOwner, isMover: boolean): string {
    const before = this.old.number(cpu);
    const after = this.next.number(cpu);
    if (isMover) {
      if (before === after) return "";
      return `if (${this.next.test(has)} && ${before} !== ${after}) ${lost}`;
    }
    return code`{
      const before = ${this.old.test(has)} ? ${before} : -1;
      const after = ${this.next.test(has)} ? ${after} : -1;
      if (before !== after && (before >= 0 && before !== mover || after >= 0 && after !== mover)) ${lost}
    }`;
  }

  /** Notes if two processes have one CPU. */
  uniqueness(): string {
    const { old } = this;
    const parts = this.owners.flatMap((owner) => {
      if (owner === null) return [];
      return [
        code`if (${old.test(owner.has)}) {
          const cpu = 1 << ${old.number(owner.cpu)};
          if (owned & cpu) ${lost}
          owned |= cpu;
        }`,
      ];
    });
    return code`let owned = 0;
      ${parts}`;
  }
}
