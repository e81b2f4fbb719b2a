/**
 * The certificate of the mutual exclusion: the two premises of the argument and its conclusion as
 * invariants of every state, and what happens when either premise is dropped.
 */
import { type ExploreOptions, type Result, explore } from "../../explore/index.js";
import {
  CPU,
  NONE,
  type Operand,
  type Scenario,
  and,
  at,
  bool,
  eq,
  every,
  idOrNone,
  irqs_enabled,
  ne,
  not,
  or,
  set,
  smp_processor_id,
  variable,
} from "../../machine/index.js";
import type { Code, Kernel } from "../code/code.js";
import { scenarioOf } from "../kvm.js";
import type { KvmSize } from "../variations/size.js";
import { type ChangeName, type KvmOptions, codeOf, titleOf } from "../variations/index.js";

/** What follows when a premise is dropped. */
export interface Dropped {
  readonly premise: string;
  /** The change of the mechanism that drops it. */
  readonly change: ChangeName;
  /** The search for a deadlock; its counterexample is a shortest one. */
  readonly result: Result;
}

/** The proof, with its bounds. */
export interface Certificate {
  /** The premises, then the conclusion. */
  readonly invariants: readonly string[];
  /** The merged code with the invariants and all other properties, in every state. */
  readonly result: Result;
  readonly dropped: readonly Dropped[];
}

/** The first premise: IRQs off through the whole critical section. */
export const irqsOff = "IRQs are off on a CPU in sched_out, and wherever a lock is held";
/** The second premise. */
export const ownLock = "sched_out takes only its own CPU's wakeup lock";
/** What follows from the first. */
export const excluded = "sched_out and the wakeup handler exclude each other on a CPU";

/**
 * Returns the certificate for a number of CPUs and vCPUs.
 *
 * @example
 * certificate({ cpus: 2, vcpus: 1 }).result.verdict // "safe"
 */
export function certificate(size: KvmSize = {}, options: ExploreOptions = {}): Certificate {
  const deadlocks = (change: ChangeName): Result =>
    explore(scenarioOf(codeOf({ fix: "final", changes: [change] }), `kvm-pi ${change}`, size), {
      ...options,
      properties: ["deadlock"],
    });
  return {
    invariants: [irqsOff, ownLock, excluded],
    result: explore(certified({ fix: "final" }, size), options),
    dropped: [
      { premise: irqsOff, change: "irqs-on", result: deadlocks("irqs-on") },
      { premise: ownLock, change: "remote-cpu", result: deadlocks("remote-cpu") },
    ],
  };
}

/** Returns the scenario of a code with the premises and the conclusion checked in every state. */
export function certified(options: KvmOptions, size: KvmSize = {}): Scenario {
  const code = marked(codeOf(options));
  return scenarioOf(code, `${titleOf(options)}, certified`, size, invariants);
}

/** Whose wakeup lock a CPU in sched_out takes; NONE outside of it. */
const sched_out_takes = variable("sched_out takes", idOrNone(CPU), { per: [CPU] });
const in_handler = variable("in pi_wakeup_handler", bool, { per: [CPU] });

/** The code with its critical sections marked: a step more at either end, and nothing else. */
function marked(code: Code): Code {
  const { schedOut, handler } = code;
  const taken = at(sched_out_takes, smp_processor_id());
  return {
    ...code,
    schedOut: {
      ...schedOut,
      lock: (cpu) => [set(taken, cpu, "enter sched_out"), ...schedOut.lock(cpu)],
      unlock: (cpu) => [...schedOut.unlock(cpu), set(taken, NONE, "leave sched_out")],
    },
    handler: {
      ...handler,
      lock: (cpu) => [set(at(in_handler, cpu), true, "enter handler"), ...handler.lock(cpu)],
      unlock: (cpu) => [...handler.unlock(cpu), set(at(in_handler, cpu), false, "leave handler")],
    },
  };
}

function invariants({ sched, wakeupLock }: Kernel): Readonly<Record<string, Operand>> {
  const taken = (cpu: Operand) => at(sched_out_takes, cpu);
  const holds = (cpu: Operand) =>
    not(every(CPU, (other) => and(ne(sched.rq_lock(other), cpu), ne(wakeupLock(other), cpu))));
  return {
    [irqsOff]: every(CPU, (cpu) =>
      or(not(at(irqs_enabled, cpu)), and(eq(taken(cpu), NONE), not(holds(cpu)))),
    ),
    [ownLock]: every(CPU, (cpu) => or(eq(taken(cpu), NONE), eq(taken(cpu), cpu))),
    [excluded]: every(CPU, (cpu) => or(eq(taken(cpu), NONE), not(at(in_handler, cpu)))),
  };
}
