/** Reports whose cause and mend are known: that of the posted-interrupt wakeup lock, and those of lockdep's self-test. */
import type { Evidence } from "../../evidence/evidence.js";
import { plainName } from "../../stacks/functions.js";

const selftest =
  "The self-test of lockdep made it on purpose at boot (locking_selftest() in lib/locking-selftest.c, CONFIG_DEBUG_LOCKING_API_SELFTESTS): lockdep has to find it. Only what the test counts as failed is a fault, and that of lockdep.";

const handler = /^pi_wakeup_handler$/;
const schedOut = /^(?:pi_enable_wakeup_handler|vmx_vcpu_pi_put|pi_pre_block)$/;

/**
 * Returns what is known of a report, or nothing.
 *
 * Told by its edges and their stacks, so that another circle through the same locks, as a real one
 * that someone adds later, is not taken for it.
 */
export function knownOf({ report, edges }: Evidence): readonly string[] {
  const stacks = [...report.backtrace, ...edges.flatMap(({ frames }) => frames)];
  if (stacks.some(({ symbol }) => plainName(symbol ?? "") === "locking_selftest"))
    return [selftest];
  if (report.kind !== "circular") return [];
  const wakeup = /wakeup_vcpus_on_cpu_lock(?!.*\/\d)/;
  const taught = (to: RegExp, from: RegExp, by: RegExp): boolean =>
    edges.some(
      (edge) =>
        to.test(edge.to) &&
        from.test(edge.from) &&
        edge.frames.some(({ symbol }) => symbol !== null && by.test(symbol)),
    );
  const isIt =
    edges.length === 3 &&
    taught(/pi_lock$/, wakeup, handler) &&
    taught(wakeup, /rq->(?:__)?lock/, schedOut);
  if (!isIt) return [];
  return [
    "This is the report that this lab is about: a false positive. The wakeup handler and sched_out take only their own CPU's wakeup lock, with interrupts off: on one CPU they exclude each other, and on two they take different locks.",
    "Merged mend: Linux commit c0b8dcabb2cd (6.15-rc2), after 6bad6ecc63b7: the handler keeps subclass 0, sched_out takes 1, sched_in both.",
    "Notebook 04 shows the paths, 05 proves the exclusion, 06 and 07 derive the subclasses.",
  ];
}
