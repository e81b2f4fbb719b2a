import { describe, expect, it } from "vitest";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { firstPremiseToFall } from "../../../lib/notebook/lessons/exclusion/first-premise-to-fall.js";
import { hangInSilence } from "../../../lib/notebook/lessons/exclusion/hang-in-silence.js";
import { missingAssertion } from "../../../lib/notebook/lessons/exclusion/missing-assertion.js";
import { smallestMachine } from "../../../lib/notebook/lessons/exclusion/smallest-machine.js";
import { explore } from "../../../lib/explore/index.js";
import { kvm } from "../../../lib/kvm/index.js";
import { beforeSchedOutLocks, staleCpu } from "./case-patches.js";
import { expectRefused, expectSolved } from "./solved.js";

const kernelC = await loadKernelC();

it("with a stale vcpu->cpu the second premise falls", () => {
  const question = firstPremiseToFall(kernelC);
  expect([0, 1, 2].map((guess) => question.judge(guess))).toEqual([false, false, true]);
});

describe("the smallest machine", () => {
  const text = { fix: "final", changes: ["remote-cpu"] } as const;
  const known = explore(kvm(kernelC, text), { properties: ["deadlock"], shortest: false });
  const exercise = smallestMachine(kernelC, known);

  it("has two CPUs and two vCPUs", () => {
    expectSolved(exercise, { cpus: 2, vcpus: 2 });
  });

  it.each([
    ["one vCPU, though circles of locks can close there", { cpus: 2, vcpus: 1 }],
    ["one CPU", { cpus: 1, vcpus: 2 }],
    ["what the first premise needs", { cpus: 1, vcpus: 1 }],
    ["no CPU", { cpus: 0, vcpus: 1 }],
    ["nothing", {}],
    ["less than nothing", { cpus: -1, vcpus: -1 }],
    ["half a CPU", { cpus: 0.5, vcpus: 1 }],
  ])("is not one of %s", (_, size) => {
    expectRefused(exercise, size);
  });
});

describe("the missing assertion", () => {
  const exercise = missingAssertion(kernelC);
  const own = "vcpu->cpu != smp_processor_id()";

  it.each([
    ["a warning", `WARN_ON_ONCE(${own});`],
    ["the other way round", "WARN_ON(smp_processor_id() != vcpu->cpu);"],
    ["a bug", `BUG_ON(${own});`],
    ["lockdep's own", "lockdep_assert(vcpu->cpu == smp_processor_id());"],
    ["one that asks the scheduler", "WARN_ON_ONCE(vcpu->cpu != vcpu->thread.cpu);"],
    ["KVM's own", `KVM_BUG_ON(${own}, vcpu->kvm);`],
    [
      "a warning about locks",
      "WARN_ON_ONCE(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu) != this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));",
    ],
  ])("is %s", (_, line) => {
    expectSolved(exercise, beforeSchedOutLocks(line));
  });

  it.each([
    ["none", beforeSchedOutLocks("")],
    ["one that always fires", beforeSchedOutLocks("WARN_ON_ONCE(true);")],
    ["one that never fires", beforeSchedOutLocks("WARN_ON_ONCE(false);")],
    ["one that knows CPU 0 alone", beforeSchedOutLocks("WARN_ON_ONCE(vcpu->cpu != 0);")],
    ["that of the first premise again", beforeSchedOutLocks("lockdep_assert_irqs_disabled();")],
    ["a repair that warns nobody", beforeSchedOutLocks("vcpu->cpu = smp_processor_id();")],
    [
      "one that asks the device",
      beforeSchedOutLocks("WARN_ON_ONCE(pi_desc->ndst != smp_processor_id());"),
    ],
    ["a comment", beforeSchedOutLocks("/* the lock of its own CPU */")],
    ["no patch", "WARN_ON_ONCE(vcpu->cpu != smp_processor_id());"],
    ["a patch for elsewhere", beforeSchedOutLocks("").replaceAll("to_vmx(vcpu)", "nowhere")],
  ])("is not %s", (_, patch) => {
    expectRefused(exercise, patch);
  });
});

describe("hang in silence", () => {
  const exercise = hangInSilence(kernelC);

  it.each([
    ["a stale vcpu->cpu", staleCpu],
    ["the list of CPU 0 for all", beforeSchedOutLocks("vcpu->cpu = 0;")],
    [
      "the same lock under another subclass, which is another class to lockdep",
      beforeSchedOutLocks("raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));"),
    ],
  ])("is solved by %s", (_, patch) => {
    expectSolved(exercise, patch);
  });

  it.each([
    ["the merged code", beforeSchedOutLocks("/* nothing */")],
    [
      "a lock taken twice under one subclass",
      beforeSchedOutLocks(
        "raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu), 1);",
      ),
    ],
    ["IRQs on, which lockdep sees", beforeSchedOutLocks("local_irq_enable();")],
    ["what does not compile", beforeSchedOutLocks("hang();")],
    ["no patch", ""],
  ])("is not solved by %s", (_, patch) => {
    expectRefused(exercise, patch);
  });
});
