import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";
import { workbench } from "../../lib/notebook/workbench.js";

const kernelC = await loadKernelC();

describe("the bench", () => {
  let said: string[] = [];
  beforeEach(() => {
    said = [];
    vi.spyOn(console, "log").mockImplementation((text: string) => void said.push(text));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("keeps what was tried by name, in order, and the last answer to a name", () => {
    const bench = workbench(kernelC, { bugs: [], vcpus: 1 });
    bench.judge("mine", {});
    bench.judge("other", { fix: "out1" });
    expect(bench.table().text).toMatch(/mine: lockdep circular.*\n.*other: lockdep silent/);
    bench.judge("mine", { fix: "final" });
    expect(bench.table().text).toMatch(/mine: lockdep silent.*\n.*other: lockdep silent/);
    const words = bench
      .table()
      .svg.replaceAll(/<[^>]*>/g, " ")
      .replaceAll(/\s+/g, " ");
    expect(words).toContain("2 CPUs and 1 vCPU.");
  });

  it("judges nothing where the text does not compile, and does not go on about what stood there before", () => {
    const bench = workbench(kernelC, { bugs: [], vcpus: 1 });
    bench.judge("mine", { fix: "out1" });
    const broken =
      "void vmx_vcpu_pi_put(struct kvm_vcpu *vcpu)\n{\n\tpi_enable_wakeup_handlr(vcpu);\n}\n";
    expect(bench.judge("mine", broken)).toBe(null);
    expect(said.at(-1)).toMatch(
      /^Nothing was judged\.\nposted_intr\.c:\d+:\d+: .*did you mean pi_enable_wakeup_handler/,
    );
    expect(bench.table().text).not.toContain("mine");
    expect(bench.judge("mine", "--- a/posted_intr.c\n+++ b/posted_intr.c\n")).toBe(null);
  });

  it("says of a hidden bug in which classes its two halves are, of this fix and not of an earlier one", () => {
    const bench = workbench(kernelC, { bugs: ["m2"] });
    bench.judge("in1", { fix: "in1" });
    expect(said.at(-1)).toMatch(/m2 .*\n +reported/);
    bench.judge("out1", { fix: "out1" });
    expect(said.at(-1)?.replace(/\s+/g, " ")).toMatch(
      /HIDDEN.*holds it as wakeup\/0\. To lockdep.* in its turn asks/,
    );
  });
});
