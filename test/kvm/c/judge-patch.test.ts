import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { judgePatch, printPatchVerdict } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();
const thread = fileURLToPath(new URL("../../../../shared/seed", import.meta.url));

/** What becomes of each bug under the merged rule. */
const merged = {
  m2: "reported",
  m3: "reported",
  m4: "reported",
  m5: "reported",
  m8: "reported",
  "remote-cpu": "hidden",
  "stale-cpu": "hidden",
  "vcpu-exit": "harmless",
};

const fates = (patch: Parameters<typeof judgePatch>[1]) => {
  const { quadrant, bugs } = judgePatch(kernelC, patch);
  return { quadrant, bugs: Object.fromEntries(bugs.map(({ bug, fate }) => [bug, fate.kind])) };
};

describe("the bench, for patches to the case in C", () => {
  it("says that the merged rule is silent and right, and which bugs it would hide", () => {
    expect(fates({ fix: "final" })).toEqual({ quadrant: "both find nothing", bugs: merged });
  });

  it("says the same of the mail as it was sent", (test) => {
    if (!existsSync(thread)) return test.skip("the thread is not beside the project");
    const [mail = ""] = readdirSync(thread);
    expect(fates(readFileSync(`${thread}/${mail}`, "utf8"))).toEqual(fates({ fix: "final" }));
  });

  it("says which orders a patch adds and drops, and each bug in a sentence", () => {
    const text = printPatchVerdict(judgePatch(kernelC, { fix: "out1" }, { bugs: ["m2", "m3"] }));
    expect(text).toMatch(/adds +&rq->__lock -> &per_cpu\(wakeup_vcpus_on_cpu_lock, cpu\)\/1/);
    expect(text).toMatch(/drops +&rq->__lock -> &per_cpu\(wakeup_vcpus_on_cpu_lock, cpu\)$/m);
    expect(text).toMatch(/^m2: HIDDEN: /m);
  });
});
