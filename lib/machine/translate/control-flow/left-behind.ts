/**
 * What a task may leave behind where it ends: a lock, IRQs off. The kernel finds it on the way back to user space
 * (`lockdep_sys_exit()`, "lock held when returning to user space!") and in `do_exit()`.
 */
import { irqs_enabled, bh_count, preempt_count } from "../../kernel/cpu.js";
import {
  type Element,
  type Expr,
  at,
  current,
  eq,
  not,
  smp_processor_id,
} from "../../language/expr.js";

import { printTest } from "../../language/print-expr.js";
import type { Process } from "../../language/process-type.js";
import { type Effect, type FactTemplate, check } from "../../language/effect.js";
import type { Variable } from "../../language/variable.js";
import type { FlowEdge } from "./flow-type.js";

/** What is looked at with the last step of a task, and what lockdep is told then. */
export interface LeftBehind {
  readonly effects: readonly Effect[];
  readonly facts: readonly FactTemplate[];
}

const meant = "put stay() at the end if that is meant";

/** Returns what a task may leave behind; nothing of a handler, or of a task that may end on another's CPU. */
export function leftBehind(process: Process, edges: readonly FlowEdge[]): LeftBehind {
  if (process.kind !== "task" || process.hasCpu.op !== "const") return { effects: [], facts: [] };
  const locks = locksTaken(edges);
  const held = locks.map((lock) => {
    const name = printTest(lock);
    const owner = lock.variable.domain.kind === "process" ? current() : smp_processor_id();
    const message = `${process.name} ends with ${name} held; is an unlock missing? ${meant}`;
    return check(not(eq(lock, owner)), message, "misuse");
  });
  const here = smp_processor_id();
  const counts = (of: Variable, label: string, message: string): readonly Effect[] =>
    edges.some((edge) => edge.label === label)
      ? [check(eq(at(of, here), 0), `${process.name} ends with ${message}; ${meant}`, "misuse")]
      : [];
  const irqs = edges.some(({ effects }) => effects.some((effect) => switchesOff(effect)))
    ? [check(at(irqs_enabled, here), `${process.name} ends with IRQs off; ${meant}`, "misuse")]
    : [];
  return {
    effects: [
      ...held,
      ...irqs,
      ...counts(bh_count, "local_bh_disable()", "bottom halves off"),
      ...counts(preempt_count, "preempt_disable()", "preemption off"),
    ],
    facts: locks.length === 0 ? [] : [{ kind: "return_to_user" }],
  };
}

/** The locks that have one owner and are taken somewhere, each once; those of a known place. */
function locksTaken(edges: readonly FlowEdge[]): readonly Element[] {
  const taken = new Map<string, Element>();
  for (const { fact } of edges.flatMap(({ facts }) => facts)) {
    if (fact.kind !== "locked" || fact.read !== 0) continue;
    const { lock } = fact;
    if (lock.variable.domain.kind === "bool" || !lock.index.every(isFixed)) continue;
    taken.set(printTest(lock), lock);
  }
  return [...taken.values()];
}

/** Whether an index is the same from the first step of a process to its last. */
function isFixed(of: Expr): boolean {
  return (
    of.op === "const" || of.op === "cpu" || of.op === "home" || of.op === "self" || isMember(of)
  );
}

const isMember = (of: Expr): boolean => of.op === "bound" && of.name.startsWith("this ");

function switchesOff(effect: Effect): boolean {
  if (effect.kind !== "assign" || effect.to.variable !== irqs_enabled) return false;
  const { value } = effect;
  return value.op === "const" && value.value === 0;
}
