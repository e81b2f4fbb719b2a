/** Which process has a CPU for as long as it wants, and which steps may end that. */
import type { Change, Instance, Model, Value } from "../../machine/index.js";
import { slotsOf } from "../../machine/model/places.js";
import { conjuncts, readSlots } from "./footprint.js";
import { hasCpu, ownsCpu } from "./guards.js";

/** When a process has its CPU, and which that is. */
export interface CpuOwner {
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

/** Returns when a process has its CPU until it gives it up; null if that is never known. */
export function ownerOf(model: Model, process: Instance): CpuOwner | null {
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

/** Returns what the choice of a flag depends on; null if it is no flag. */
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

/** Returns whether assignments may end that a process has its CPU, or move it to another. */
export function mayLoseCpu(
  written: readonly Extract<Change, { kind: "assign" }>[],
  { where, parts }: CpuOwner,
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
