import { expect, it } from "vitest";
import { kvm } from "../../../lib/kvm/index.js";
import { randomWalk } from "../../../lib/machine/run/random-walk.js";
import { translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { traceOf } from "../../../lib/views/index.js";

const kernelC = await loadKernelC();

it("shows a variable as the text left it, where the model forgets it since nobody will read it", () => {
  const scenario = kvm(kernelC, { cpus: 2, vcpus: 1 });
  const model = translate(scenario);
  const schedule = randomWalk(scenario, 1500, 1);
  const cpuOf = (name: string, value: string): boolean =>
    name === "kvm_vcpu.cpu[vcpu0]" && value !== "none";
  const known = traceOf(scenario, schedule).steps.map(({ after }) =>
    after.values.some(([name, value]) => cpuOf(name, value)),
  );
  const slot = model.slots.findIndex(({ name }) => name === "kvm_vcpu.cpu[vcpu0]");
  const forgets = model.transitions.some(({ changes }) =>
    changes.some(
      (of) => of.kind === "assign" && of.to.op === "slot" && of.to.slot === slot && of.forgets,
    ),
  );
  expect(forgets).toBe(true);
  expect(known).not.toContain(false);
});
