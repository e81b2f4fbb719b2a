import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { baseCode, codeOf, kvm, scenarioOf } from "../../lib/kvm/index.js";
import { step, translate } from "../../lib/machine/index.js";

describe("kvm()", () => {
  it("is safe as it is, with two CPUs and two vCPUs, in every state", () => {
    const { verdict, complete } = explore(kvm());
    expect({ verdict, complete }).toEqual({ verdict: "safe", complete: true });
  });

  it("is as safe with the merged annotation, in as many states: lockdep's view changes nothing", () => {
    const before = explore(kvm({ fix: "none", cpus: 2, vcpus: 1 }));
    const after = explore(kvm({ fix: "final", cpus: 2, vcpus: 1 }));
    expect(after.states).toBe(before.states);
    expect(after.transitions).toBe(before.transitions);
  });

  it("names what was perhaps meant by an unknown name", () => {
    const typo = JSON.parse('"irq-on"') as "irqs-on";
    expect(() => codeOf({ changes: [typo] })).toThrow(/did you mean irqs-on/);
  });

  it.each([
    ["is no function", undefined, /schedOut\.lock is undefined, and not a function/],
    ["returns no list", () => step("x"), /schedOut\.lock returns "x", and not a list/],
    ["returns what is no statement", () => [step], /> pi_enable_wakeup_handler, statement/],
  ])("names the part of a reader's code that %s", (_, lock, message) => {
    const code = { ...baseCode, schedOut: { ...baseCode.schedOut, lock: lock as never } };
    expect(() => translate(scenarioOf(code, "mine"))).toThrow(message);
  });
});
