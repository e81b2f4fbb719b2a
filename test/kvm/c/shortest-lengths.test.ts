/**
 * How many steps a shortest counterexample has in C, beside how many it had when the case was written as statements:
 * where the two differ, steps are cut otherwise, and each such place is counted here with its reason.
 */
import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { explorerVerdict, kvm } from "../../../lib/kvm/index.js";
import { translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { allSaid, textOf } from "./said.js";

const kernelC = await loadKernelC();
const isLong = process.env["LAB_LONG_TESTS"] === "1";

const all = allSaid.filter(({ steps }) => Number.isInteger(steps));
const quick: readonly string[] = ["final m4", "defer vcpu-exit", "defer m6", "rcu m2", "rcu m3"];
const cells = isLong ? all : all.filter(({ fix, bug }) => quick.includes(`${fix} ${bug}`));

/** A step of a schedule. */
interface Taken {
  readonly process: number;
  readonly label: string;
}

/** How many steps more the statements had at each step of C, and why; `later` are those of its process after it. */
const reasons: readonly {
  readonly why: string;
  readonly more: (
    label: string,
    later: readonly string[],
    earlier: readonly string[],
    bug: string,
  ) => number;
}[] = [
  {
    why: "which task is next, and that it was found, were two steps",
    more: (label, later) =>
      label.startsWith("nondet_member(struct task_struct, p, task_queued") && later.length > 0
        ? 1
        : 0,
  },
  {
    why: "that a walk is at its end was a step behind its last entry; under RCU that was its rcu_read_unlock()",
    more: (label, later, earlier) =>
      label.startsWith("end of wakeup") && later.length > 0 && !isUnderRcu(earlier) ? 1 : 0,
  },
  {
    why: "rcu_read_lock() was no step, and rcu_read_unlock() the one at the end of the walk",
    more: (label) => (label === "rcu_read_lock()" || label === "rcu_read_unlock()" ? -1 : 0),
  },
  {
    why: "that an entry is collected, and that it is left when it is woken, were steps beside the one that chooses it",
    more: (label, later) =>
      isCollectedFound(label) ? (later.some((of) => of.startsWith(collectedNext)) ? 2 : 1) : 0,
  },
  {
    why: "what is collected is nobody else's, and its change no step, unless vcpu-exit asks for it",
    more: (label) => (label.startsWith("collected->vcpus[") ? -1 : 0),
  },
  {
    why: "vcpu-exit asked in one step for its entry in the list and among those collected",
    more: (label) => (label.startsWith("exists_member(cpu, any, pi_is_collected") ? -1 : 0),
  },
  {
    why: "the task leaves the queue in a step of its own, as in the kernel",
    more: (label) => (label === "deactivate_task" ? -1 : 0),
  },
  {
    why: "IRQs that are off already, as under the lock of a run queue, were neither saved nor restored",
    more: (label, _, earlier) =>
      /^local_irq_(?:save|restore)\(/.test(label) && isIrqOff(earlier) ? -1 : 0,
  },
  {
    why: "where no handler walks the list under RCU, the statements did not add to it as for RCU",
    more: (label, _, __, bug) =>
      label.startsWith("list_add_tail_rcu(") && bug === "wake-after-unlock" ? -1 : 0,
  },
  {
    why: "task_rq() reads the CPU in a step of its own",
    more: (label) => (label === "read (p)->cpu" ? -1 : 0),
  },
];

/** The step that chooses whom the handler of the fix `defer` wakes next, of those that it has collected. */
const collectedNext = "nondet_member(struct vcpu_vmx, v, pi_is_collected";
const isCollectedFound = (label: string): boolean =>
  label.startsWith(collectedNext) && !label.endsWith(": none");

/** Whether the last that was said of RCU is that a read side began. */
const isUnderRcu = (labels: readonly string[]): boolean =>
  labels.findLast((label) => label.startsWith("rcu_read_")) === "rcu_read_lock()";

/** Whether a task that has come to a CPU has not switched its IRQs on yet. */
const isIrqOff = (labels: readonly string[]): boolean =>
  labels.lastIndexOf("finish_task") > labels.lastIndexOf("local_irq_enable()");

/** What no label says: at the last two entries are collected, and one of them is woken; that the other was was a step. */
const collectedAtTheEnd: Readonly<Record<string, number>> = { "defer m6": 1 };

/** The guest's HLT was a step before the vCPU says that it blocks: once in each time round. */
function halts(steps: readonly Taken[]): number {
  const blocks = new Set<number>();
  let count = 0;
  for (const { process, label } of steps) {
    if (label.startsWith("__set_current_state(")) blocks.delete(process);
    if (!label.startsWith("set_current_state(") || blocks.has(process)) continue;
    blocks.add(process);
    count += 1;
  }
  return count;
}

describe("a shortest counterexample is as long as of the statements, but for steps that are cut otherwise", () => {
  it.each(cells.map((said) => [`${said.fix} ${said.bug}`, said] as const))(
    "%s",
    (_, said) => {
      const scenario = kvm(kernelC, textOf(said));
      const result = explore(scenario);
      expect(explorerVerdict(result)).toBe(said.verdict);
      const found = Object.values(result.violations).find((of) => of.property === said.verdict);
      const { transitions } = translate(scenario);
      const steps = (found?.schedule ?? []).flatMap((id): readonly Taken[] => {
        const taken = transitions[id];
        return taken === undefined ? [] : [{ process: taken.process, label: taken.label }];
      });
      const differences = reasons.map(({ more }) =>
        steps.reduce((sum, { process, label }, at) => {
          const own = (of: readonly Taken[]): readonly string[] =>
            of.flatMap((one) => (one.process === process ? [one.label] : []));
          return sum + more(label, own(steps.slice(at + 1)), own(steps.slice(0, at)), said.bug);
        }, 0),
      );
      // A guest that can be preempted looks whether it is, in a step of its own, before its HLT.
      const guest = said.bug === "preemptible" ? 0 : halts(steps);
      const more = differences.reduce((sum, of) => sum + of, guest);
      const last = collectedAtTheEnd[`${said.fix} ${said.bug}`] ?? 0;
      expect(steps.length + more + last).toBe(said.steps);
    },
    600_000,
  );
});
