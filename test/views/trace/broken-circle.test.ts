import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { kvm } from "../../../lib/kvm/index.js";
import { whyNoCircle } from "../../../lib/views/trace/broken-circle.js";
import { abbaScenario } from "../abba.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const why = (scenario: Parameters<typeof explore>[0]): string => {
  const { violations } = explore(scenario);
  return whyNoCircle(scenario, violations.deadlock);
};

describe("why lockdep sees no circle", () => {
  it("is that a lock is asked for in another class than it is held in", () => {
    expect(why(kvm(kernelC, { fix: "out1", mutant: "m2" }))).toMatch(
      /^CPU \d asks for wakeup\[cpu\d\] as wakeup\/1 in pi_enable_wakeup_handler\(\); CPU \d holds it as wakeup\/0\. To lockdep/,
    );
    expect(why(kvm(kernelC, { fix: "final", changes: ["remote-cpu"] }))).toContain(
      "holds it as wakeup/0",
    );
  });

  it("is that the holder has told lockdep that it dropped the lock", () => {
    expect(why(kvm(kernelC, { fix: "lie", mutant: "m3" }))).toMatch(
      /as wakeup\/0 in vmx_vcpu_pi_load\(\); CPU (\d) holds it, and has told .* CPU \1 in its turn asks for rq/,
    );
  });

  it("is that somebody waits for what is no lock", () => {
    expect(why(kvm(kernelC, { fix: "final", changes: ["irqs-on"], vcpus: 1 }))).toMatch(
      /p->on_cpu.*no lock/,
    );
  });

  it("is nothing where each lock is asked for in the class in which it is held, or nothing hangs", () => {
    expect(why(abbaScenario("&a", "&b"))).toBe("");
    expect(whyNoCircle(abbaScenario("&a", "&b"), undefined)).toBe("");
  });
});
