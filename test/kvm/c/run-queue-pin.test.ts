import { createTwoFilesPatch } from "diff";
import { expect, it } from "vitest";
import { judge, kvmFiles, printVerdict } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

it("warns of a sched_out that drops the lock of the run queue, which rq_pin_lock() forbids", async () => {
  const kernelC = await loadKernelC();
  const file = "posted_intr.c";
  const before = kvmFiles().find((one) => one.file === file)?.text ?? "";
  const after = before.replace(
    "\tif (kvm_vcpu_is_blocking(vcpu))\n\t\tpi_enable_wakeup_handler(vcpu);",
    () =>
      "\tif (kvm_vcpu_is_blocking(vcpu)) {\n\t\traw_spin_unlock(__rq_lockp(this_rq()));\n" +
      "\t\tpi_enable_wakeup_handler(vcpu);\n\t\traw_spin_lock(__rq_lockp(this_rq()));\n\t}",
  );
  const verdict = judge(kernelC, createTwoFilesPatch(file, file, before, after), {
    cpus: 1,
    vcpus: 1,
    bugs: [],
  });
  expect(verdict.lockdep.warnings).toEqual([
    "releasing a pinned lock",
    "unpinning an unpinned lock",
  ]);
  expect(printVerdict(verdict)).toContain("\n            warns: releasing a pinned lock\n");
  expect(judge(kernelC, {}, { cpus: 1, vcpus: 1, bugs: [] }).lockdep.warnings).toEqual([]);
});
