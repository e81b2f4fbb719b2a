/**
 * What can keep others away from a piece of state: a lock, a CPU with its IRQs off, or that only one
 * process ever touches it.
 *
 * A step that touches nothing but what is so guarded commutes with whatever others can do before its
 * process moves again, so it can be run through without storing the state before it. Which guards
 * hold for a slot is assumed, then checked at each access during the reduced search, and given up
 * where it does not hold (Stoller and Cohen, "Optimistic synchronization-based state-space
 * reduction", 2006).
 */
import {
  type Instance,
  type Model,
  type Value,
  cpuCount,
  in_nmi,
  irqs_enabled,
} from "../../machine/index.js";

/** The guards of a model, a bit each; those beyond 31 are not used. */
export interface Guards {
  readonly count: number;
  /** Lock slots, by bit from 0. */
  readonly locks: readonly number[];
  /** The bit of CPU 0, the others following. */
  readonly firstCpu: number;
  readonly cpus: number;
  /** The bit of process 0, the others following. */
  readonly firstProcess: number;
}

/** Guards beyond this many are not used: a bit each of one number, its sign left out. */
export const mostGuards = 31;

/** Returns the guards of a model. */
export function guardsOf(model: Model): Guards {
  const locks = model.slots.flatMap(({ variable }, at) => (variable?.lock == null ? [] : [at]));
  const cpus = cpuCount(model.scenario);
  const firstCpu = locks.length;
  const firstProcess = firstCpu + cpus;
  const count = Math.min(mostGuards, firstProcess + model.processes.length);
  return { count, locks, firstCpu, cpus, firstProcess };
}

/** The bit of a guard; none beyond the last. */
export const bit = (at: number): number => (at < mostGuards ? 1 << at : 0);

/** Whether anything can interrupt a task. */
export function hasInterrupts(model: Model): boolean {
  return model.processes.some(({ kind }) => kind === "hardirq" || kind === "softirq");
}

/** The condition under which a process has its CPU, interrupted by nobody. Null for devices, which have none. */
export function hasCpu({ cpu, runs, kind, slot }: Instance): Value | null {
  if (cpu === null) return null;
  if (kind === "task") return runs;
  const entry: Value = { op: "const", value: 0 };
  const inside: Value = { op: "binary", by: "!=", left: { op: "slot", slot }, right: entry };
  return { op: "binary", by: "and", left: runs, right: inside };
}

/**
 * The condition under which a process has its CPU until it gives it up: no interrupt can come. Null for
 * devices, and where no such condition is known.
 */
export function ownsCpu(model: Model, process: Instance): Value | null {
  const { cpu } = process;
  const has = hasCpu(process);
  if (cpu === null || has === null || !hasInterrupts(model)) return has;
  // An NMI can come at any time.
  if (model.slots.some(({ variable }) => variable === in_nmi)) return null;
  const base = model.slots.findIndex(({ variable }) => variable === irqs_enabled);
  // Where nobody switches IRQs, a softirq can come at any time.
  if (base < 0) return null;
  const off: Value = { op: "not", of: perCpu(base, cpu, model) };
  return { op: "binary", by: "and", left: has, right: off };
}

function perCpu(base: number, cpu: Value, model: Model): Value {
  if (cpu.op === "const") return { op: "slot", slot: base + cpu.value };
  const sizes = [Math.max(1, cpuCount(model.scenario))];
  return { op: "element", base, sizes, index: [cpu], variable: irqs_enabled.name };
}
