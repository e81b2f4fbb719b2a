import { describe, expect, it } from "vitest";
import { kvmFunction } from "../../../lib/kvm/c/function-text.js";
import { kvmFiles } from "../../../lib/kvm/c/kvm-files.js";

describe("a function of the case", () => {
  it("is printed whole and alone, as it stands in its file", () => {
    const text = kvmFunction("pi_enable_wakeup_handler");
    expect(text).toMatch(/^static void pi_enable_wakeup_handler\(struct kvm_vcpu \*vcpu\)\n\{/);
    expect(text).toMatch(/POSTED_INTR_WAKEUP_VECTOR\);\n\}$/);
    expect(kvmFiles().some((file) => file.text.includes(text))).toBe(true);
  });

  it("can be any of them", () => {
    const names = ["__schedule", "try_to_wake_up", "pi_wakeup_handler", "vmx_vcpu_pi_load"];
    for (const name of [...names, "finish_task_switch", "kvm_vcpu_block", "first_run_boot"]) {
      expect(kvmFunction(name)).toContain(`${name}(`);
    }
  });

  it("is as a fix leaves it", () => {
    expect(kvmFunction("vmx_vcpu_pi_load")).not.toContain("spin_acquire");
    expect(kvmFunction("vmx_vcpu_pi_load", { fix: "final" })).toContain("spin_acquire");
  });

  it("is named with its neighbours where there is none of that name", () => {
    expect(() => kvmFunction("pi_wakeup_handlr")).toThrow(/did you mean pi_wakeup_handler/);
  });
});
