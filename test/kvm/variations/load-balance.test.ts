import { expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { kvm } from "../../../lib/kvm/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

it("leaves CPUs interchangeable: whether there is one to help is no question of its number", () => {
  const scenario = kvm(kernelC, { fix: "final", changes: ["load-balance"] });
  const states = (sets: readonly string[]): number =>
    explore(scenario, { shortest: false, reductions: { local: true, symmetry: sets } }).states;
  expect(states(["vcpu"]) / states(["vcpu", "cpu"])).toBeGreaterThan(1.5);
});
