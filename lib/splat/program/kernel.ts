/** Which kernel's lockdep wrote a report. */
import { type KernelName, kernelOfVersion } from "../../lockdep/index.js";
import type { SplatReport } from "../report/index.js";

/**
 * Returns the kernel by the version that a report names.
 *
 * Whether it was built with PROVE_RAW_LOCK_NESTING the report says where it prints a context: that of
 * a task is 5 with it and 4 without. Elsewhere the order of the wait types is all that counts, and it
 * is the same.
 */
export function kernelOf(report: SplatReport): KernelName {
  const context = report.kind === "wait-context" ? report.context : null;
  return kernelOfVersion(report.kernel?.version ?? "", context?.endsWith(":4") !== true);
}
