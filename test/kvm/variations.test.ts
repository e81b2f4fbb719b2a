import { describe, expect, it } from "vitest";
import { changes, codeOf, fixes, kvm, mutants } from "../../lib/kvm/index.js";

describe("the variations of the code", () => {
  it("are each written once: what has two names is one change", () => {
    const change = (name: string) => changes.find((one) => one.name === name);
    const mutant = (number: string) => mutants.find((one) => one.number === number);
    expect(mutant("m3")?.apply).toBe(change("sched-in-under-rq")?.apply);
    expect(mutant("m4")?.apply).toBe(change("irqs-on")?.apply);
    expect(fixes.find(({ name }) => name === "defer")?.apply).toBe(
      change("wake-after-unlock")?.apply,
    );
  });

  it("have each number and name once", () => {
    const numbers = mutants.map(({ number }) => number);
    expect(numbers).toEqual(["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"]);
    for (const list of [mutants, changes, fixes]) {
      const all = list.flatMap(({ name, also }) => (also === undefined ? [name] : [name, also]));
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it.each(mutants)("$number is $name: either name makes the same scenario", ({ name, number }) => {
    expect(kvm({ mutant: name }).name).toBe(`kvm-pi none ${number}`);
    expect(Object.keys(codeOf({ mutant: name }))).toEqual(Object.keys(codeOf({ mutant: number })));
    expect(JSON.stringify(kvm({ mutant: name }))).toBe(JSON.stringify(kvm({ mutant: number })));
  });
});
