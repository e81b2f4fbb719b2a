/** Requirements that the explorer judges: every interleaving of the answer, within bounds. */
import { counted } from "../../primitives/counted.js";
import { type ExploreOptions, type Property, type Result, explore } from "../../explore/index.js";
import { type Operand, type Scenario, expr, not } from "../../machine/index.js";
import type { Finding, Requirement } from "./requirement.js";

/**
 * What a check may spend on one exploration, so that feedback comes within seconds: counted in states, since an
 * answer is right on a busy machine too.
 */
const BUDGET: ExploreOptions = { maxStates: 1_000_000, maxSeconds: 60 };

/** Requires that no interleaving violates anything. */
export function explorerFindsNothing(): Requirement<Scenario> {
  return {
    says: "the explorer finds nothing wrong",
    test: (scenario) => {
      const result = explore(scenario, BUDGET);
      return result.verdict === "safe" ? { met: true, seen: result.summary } : failure(result);
    },
  };
}

/**
 * Requires that what was explored of an answer went well; where it did not, its schedule is shown.
 *
 * @param find what was found about the answer; undefined where there was nothing to look for
 * @example
 * const kernelC = await loadKernelC();
 * wentWell("it goes well", (mutant: MutantName) => explore(kvm(kernelC, { mutant, vcpus: 1 })))
 */
export function wentWell<Answer>(
  says: string,
  find: (answer: Answer) => Result | null | undefined,
): Requirement<Answer> {
  return {
    says,
    test: (answer) => {
      const result = find(answer) ?? null;
      if (result === null) return { met: true, seen: "" };
      return result.verdict === "safe" ? { met: true, seen: result.summary } : failure(result);
    },
  };
}

/**
 * Requires that some interleaving violates a property.
 *
 * @param property what must be able to go wrong
 */
export function explorerFinds(property: Property): Requirement<Scenario> {
  return {
    says: `the explorer finds a ${property}`,
    test: (scenario) => {
      const result = explore(scenario, { ...BUDGET, properties: [property] });
      const found = result.violations[property];
      if (found !== undefined) {
        return {
          met: true,
          seen: `${found.message}, after ${counted(found.schedule.length, "step")}`,
        };
      }
      return result.complete ? { met: false, why: result.summary } : failure(result);
    },
  };
}

/**
 * Requires that something can still happen, so that a fix does not work by doing nothing.
 *
 * @param says what can happen, as a sentence: "both get the lock"
 */
export function canReach(says: string, condition: Operand): Requirement<Scenario> {
  return {
    says,
    test: (scenario) => {
      const goal = { name: says, holds: not(expr(condition)) };
      const asked: Scenario = { ...scenario, always: [goal], quiescent: [] };
      const result = explore(asked, { ...BUDGET, properties: ["invariant"] });
      const found = Object.values(result.violations).find(({ message }) => message === says);
      if (found !== undefined) {
        return { met: true, seen: `after ${counted(found.schedule.length, "step")}` };
      }
      if (!result.complete) return failure(result);
      return { met: false, why: `it never happens in ${result.states} states` };
    },
  };
}

function failure({ verdict, violations, scenario, states, cutShort }: Result): Finding {
  if (verdict === "safe" || verdict === "inconclusive") {
    return {
      met: false,
      why: `cut short (${cutShort ?? "nothing found"}) after ${states} states, which is all that a check of an answer takes time for: neither right nor wrong. Try fewer CPUs or tasks.`,
    };
  }
  const found = violations[verdict];
  if (found === undefined) return { met: false, why: verdict };
  return {
    met: false,
    why: `${verdict}: ${found.message}, after ${counted(found.schedule.length, "step")}:`,
    counterexample: { scenario, schedule: found.schedule },
  };
}
