import { describe, expect, it } from "vitest";
import { grow } from "../../lib/cli/bench/growth.js";

describe("growing", () => {
  it("10^4 classes and 10^5 edges load in seconds, and a cached chain costs no more than before", () => {
    const small = grow(100, 1000);
    const large = grow(10_000, 100_000);
    expect([large.classes, large.edges]).toEqual([10_000, 100_000]);
    expect(large.seconds).toBeLessThan(20);
    // A cost that grew with either would be up a hundredfold.
    expect(large.cachedNs).toBeLessThan(10 * small.cachedNs);
  });
});
