import { explore } from "../../../explore/index.js";
import type { KernelC } from "../../../kernel-c/index.js";
import { lockdepInOrdersOfC } from "../../../kvm/index.js";
import type { Scenario } from "../../../machine/index.js";
import { exercise, explorerFinds, holds, on, type Exercise } from "../../exercise/index.js";
import { caseWith, filesWith } from "../runs/case-with-patch.js";
import { lockdepWatches } from "../runs/lockdep-watches.js";
import { waitsForLock } from "../runs/waits-for-lock.js";

/** Returns the exercise to patch the merged code so that it hangs at a lock while lockdep is silent. */
export function hangInSilence(kernelC: KernelC): Exercise<string> {
  const merged = { fix: "final" } as const;
  const said = (patch: string): readonly string[] =>
    lockdepInOrdersOfC(kernelC, filesWith(patch, merged)).orders.flatMap(({ kind }) => kind ?? []);
  const patched = (patch: string): Scenario =>
    caseWith(kernelC, patch, { cpus: 2, vcpus: 2 }, merged);
  return exercise<string>("Hang in silence", {
    expect: [
      holds(
        "lockdep is silent",
        (patch) => said(patch).length === 0,
        (patch) => `it reports: ${said(patch).join(", ")}`,
      ),
      holds(
        "lockdep watches all the while",
        (patch) => lockdepWatches(patched(patch)),
        "it is switched off, or a lock is kept from it",
      ),
      on("on 2 CPUs", patched, explorerFinds("deadlock")),
      holds(
        "somebody waits for a lock forever",
        (patch) =>
          waitsForLock(explore(patched(patch), { properties: ["deadlock"], shortest: false })),
        "nobody waits for a lock",
      ),
    ],
    hints: ["Which premise does lockdep take on trust?", "Whose lock is it?"],
    untested: ["more CPUs", "whether somebody would write that by mistake"],
  });
}
