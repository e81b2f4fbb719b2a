import { describe, expect, it } from "vitest";
import { changes, fixes, kvmFiles, mutants, titleOf } from "../../../lib/kvm/index.js";

describe("the variations of the code", () => {
  it("are each written once: what has two names is one patch", () => {
    expect(kvmFiles({ mutant: "m3" })).toEqual(kvmFiles({ changes: ["sched-in-under-rq"] }));
    expect(kvmFiles({ mutant: "m4" })).toEqual(kvmFiles({ changes: ["irqs-on"] }));
    expect(kvmFiles({ fix: "defer" })).toEqual(kvmFiles({ changes: ["wake-after-unlock"] }));
  });

  it("each change the text, but for those that stand for the code as it is", () => {
    const plain = kvmFiles();
    const same = [
      ...mutants.map(({ name }) => ({ name, files: kvmFiles({ mutant: name }) })),
      ...changes.map(({ name }) => ({ name, files: kvmFiles({ changes: [name] }) })),
      ...fixes.map(({ name }) => ({ name, files: kvmFiles({ fix: name }) })),
    ].filter(({ files }) => JSON.stringify(files) === JSON.stringify(plain));
    expect(same.map(({ name }) => name)).toEqual(["as-it-is", "none"]);
  });

  it("have each number and name once", () => {
    const numbers = mutants.map(({ number }) => number);
    expect(numbers).toEqual(["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"]);
    for (const list of [mutants, changes, fixes]) {
      const all = list.flatMap(({ name, also }) => (also === undefined ? [name] : [name, also]));
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it.each(mutants)("$number is $name: either name stands for the same text", ({ name, number }) => {
    expect(titleOf({ mutant: name })).toBe(`kvm-pi none ${number}`);
    expect(kvmFiles({ mutant: name })).toEqual(kvmFiles({ mutant: number }));
  });
});
