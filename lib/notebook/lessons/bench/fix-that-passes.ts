import type { KernelC } from "../../../kernel-c/index.js";
import {
  type FixVerdict,
  type Given,
  type JudgeMemory,
  type TriedBug,
  type Unfixed,
  judge,
  kvmFiles,
  kvmInC,
  unfixed,
} from "../../../kvm/index.js";
import {
  type Scenario,
  and,
  at,
  eq,
  not,
  translate,
  type Variable,
} from "../../../machine/index.js";
import { canReach, exercise, holds, on, wentWell, type Exercise } from "../../exercise/index.js";
import { lockdepWatches } from "../runs/lockdep-watches.js";

/** The bugs that deadlock in the code as it is. */
const five = ["m2", "m3", "m4", "m5", "m8"] as const;

/**
 * Returns the exercise to write a fix that is silent, safe and hides none of five bugs.
 *
 * @param memory what the notebook has judged before, which is not judged again
 */
export function fixThatPasses(kernelC: KernelC, memory: JudgeMemory): Exercise<Given> {
  const known = new Map<string, FixVerdict>();
  let before: Unfixed | null = null;
  const verdictOf = (fix: Given): FixVerdict => {
    const key = JSON.stringify(fix);
    before ??= unfixed(kernelC);
    const options = { memory, unfixed: before, bugs: five, explore: { maxStates: 160_000 } };
    const verdict = known.get(key) ?? judge(kernelC, fix, options);
    known.set(key, verdict);
    return verdict;
  };
  const said = (fix: Given): readonly string[] =>
    verdictOf(fix).lockdep.orders.flatMap(({ order, kind }) => (kind ? [`${order} ${kind}`] : []));
  const hidden = (fix: Given): TriedBug | undefined =>
    verdictOf(fix).bugs.find(({ fate }) => fate.kind === "hidden");
  const untried = (fix: Given): readonly TriedBug[] =>
    verdictOf(fix).bugs.filter(({ fate }) =>
      ["cannot be tried", "open", "lockdep is off"].includes(fate.kind),
    );
  const smallest = (fix: Given): Scenario =>
    kvmInC(kernelC, verdictOf(fix).files, "kvm-pi, fixed", { cpus: 2, vcpus: 1 });
  const hidesNone = wentWell("it hides none of the five", (fix: Given) => {
    const bug = hidden(fix);
    return bug?.fate.kind === "hidden" ? bug.fate.result : undefined;
  });
  return exercise<Given>("A fix that passes", {
    expect: [
      holds(
        "lockdep is silent",
        (fix) => said(fix).length === 0,
        (fix) => `it reports: ${said(fix).join(", ")}`,
      ),
      holds(
        "lockdep watches all the while",
        (fix) => lockdepWatches(smallest(fix)),
        "it is switched off, or a lock is kept from it",
      ),
      wentWell("nothing goes wrong", (fix) => verdictOf(fix).result),
      holds(
        "the scheduler stays as it is",
        (fix) => schedulerOf(verdictOf(fix).files) === schedulerOf(kvmFiles()),
        "a fix of KVM leaves core.c alone",
      ),
      on("a vCPU without work", smallest, vcpuSleeps),
      {
        says: hidesNone.says,
        test: (fix) =>
          said(fix).length > 0
            ? {
                met: false,
                why: "with its report lockdep is off, and whatever comes later goes unreported",
              }
            : hidesNone.test(fix),
      },
      holds(
        "all five could be tried",
        (fix) => untried(fix).length === 0,
        (fix) => [...new Set(untried(fix).map(whyUntried))].join("\n"),
      ),
    ],
    hints: ["sched_in can meet both.", "spin_acquire() tells lockdep, and only it."],
    untested: ["vCPUs that exit", "more than 2 CPUs and 2 vCPUs", "other bugs"],
  });
}

const schedulerOf = (files: FixVerdict["files"]): string | undefined =>
  files.find(({ file }) => file === "core.c")?.text;

function whyUntried({ bug, fate }: TriedBug): string {
  if (fate.kind === "lockdep is off") return "none was: lockdep is off before the first of them";
  return fate.kind === "cannot be tried"
    ? `${bug} cannot be added to your code (${fate.why}): it comes behind list_del() in vmx_vcpu_pi_load(), so that has to stay there`
    : `${bug}: the search was cut short`;
}

/** That it goes to sleep is asked, since code in which no vCPU ever does has nothing to go wrong. */
const vcpuSleeps = {
  says: "goes to sleep",
  test: (scenario: Scenario) => {
    const variables = new Map<string, Variable>(
      translate(scenario).slots.flatMap(({ variable }) =>
        variable === null ? [] : [[variable.name, variable]],
      ),
    );
    const [state, queued] = ["task_struct.__state", "task_struct.on_rq"].map((of) =>
      variables.get(of),
    );
    if (state === undefined || queued === undefined) {
      return { met: false, why: "nobody asks any more whether it sleeps" } as const;
    }
    const TASK_INTERRUPTIBLE = 1;
    const asleep = and(eq(at(state, 0), TASK_INTERRUPTIBLE), not(at(queued, 0)));
    return canReach("it sleeps", asleep).test(scenario);
  },
};
