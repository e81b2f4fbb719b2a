import { describe, expect, it } from "vitest";
import { nearest } from "../../lib/primitives/named.js";

describe("the nearest names", () => {
  it("are those that a slip of the fingers makes of it, nearest first", () => {
    expect(nearest("fianl", ["none", "final", "lie"])).toEqual(["final"]);
    expect(nearest("m11", ["m0", "m1", "m2"])).toEqual(["m1"]);
    expect(nearest("diningsixsteps", ["dining", "dining-six-steps"])).toEqual(["dining-six-steps"]);
    expect(nearest("kvm", ["abba", "kvm-pi"])).toEqual(["kvm-pi"]);
  });

  it("are none where no name is like it", () => {
    expect(nearest("foo", ["md", "pdf", "html"])).toEqual([]);
    expect(nearest("rcu", ["irq", "abba", "wakeup"])).toEqual([]);
    expect(nearest("", ["m0"])).toEqual([]);
  });
});
