/**
 * How many steps a shortest counterexample has in C, beside how many it had when the case was written as statements:
 * where the two differ, steps are cut otherwise, and each such place is counted here with its reason.
 */
import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { explorerVerdict, kvm, type FixName } from "../../../lib/kvm/index.js";
import { translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { allSaid, textOf } from "./said.js";

const kernelC = await loadKernelC();
const isLong = process.env["LAB_LONG_TESTS"] === "1";

/** The fixes whose handler is one loop, as the merged one's is: what another loop adds is not counted here. */
const counted: ReadonlySet<FixName> = new Set(["none", "final", "out1", "lie"]);

const all = allSaid.filter(({ fix, steps }) => Number.isInteger(steps) && counted.has(fix));
const cells = isLong ? all : all.filter(({ fix, bug }) => fix === "final" && bug === "m4");

/** A step of a schedule. */
interface Taken {
  readonly process: number;
  readonly label: string;
}

/** How many steps more the statements had at each step of C, and why; `isLast` where its process does no other. */
const reasons: readonly {
  readonly why: string;
  readonly more: (label: string, isLast: boolean) => number;
}[] = [
  {
    why: "which task is next, and that it was found, were two steps",
    more: (label, isLast) =>
      label.startsWith("nondet_member(struct task_struct, p, task_queued") && !isLast ? 1 : 0,
  },
  {
    why: "that a walk is at its end was a step behind its last entry",
    more: (label, isLast) => (label.startsWith("end of wakeup") && !isLast ? 1 : 0),
  },
  {
    why: "the task leaves the queue in a step of its own, as in the kernel",
    more: (label) => (label === "deactivate_task" ? -1 : 0),
  },
  {
    why: "task_rq() reads the CPU in a step of its own",
    more: (label) => (label === "read (p)->cpu" ? -1 : 0),
  },
];

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
      const isLast = (at: number): boolean =>
        !steps.slice(at + 1).some(({ process }) => process === steps[at]?.process);
      const differences = reasons.map(({ more }) =>
        steps.reduce((sum, { label }, at) => sum + more(label, isLast(at)), 0),
      );
      const more = differences.reduce((sum, of) => sum + of, halts(steps));
      expect(steps.length + more).toBe(said.steps);
    },
    600_000,
  );
});
