import { describe, expect, it } from "vitest";
import { Budget } from "../../../lib/explore/search/budget.js";
import { CodeCache } from "../../../lib/explore/codegen/code-cache.js";
import { search } from "../../../lib/explore/search/search.js";
import { dining } from "../../../lib/atlas/stories/index.js";
import { translate } from "../../../lib/machine/index.js";
import type { ExploreOptions } from "../../../lib/explore/index.js";

const megabyte = 2 ** 20;

/** A budget where so many megabytes are free. */
const where = (free: number | null, options: ExploreOptions = {}): Budget =>
  new Budget(options, performance.now(), "verdict", free === null ? null : () => free);
const after = (budget: Budget, megabytes: number, states = 1) =>
  budget.check(states, states, 1, megabytes * megabyte);

describe("a budget of memory", () => {
  it("rises while twice what is used is free, and no further", () => {
    let free = 10_000;
    const budget = new Budget({}, performance.now(), "verdict", () => free);
    expect(after(budget, 2000)).toBeNull();
    expect(after(budget, 2100)).toBeNull();
    free = 0;
    // The limit is twice the 2,100 by now.
    expect(after(budget, 4100)).toBeNull();
    expect(after(budget, 4300)).toBe("memory");
  });

  it("stays where it is if little is free, or nobody can tell", () => {
    expect(after(where(4000), 2100)).toBe("memory");
    expect(after(where(null), 2100)).toBe("memory");
  });

  it("stays what it was given", () => {
    expect(after(where(100_000, { maxMegabytes: 100 }), 101)).toBe("memory");
  });

  it("bounds the states where free memory cannot be told", () => {
    expect(after(where(null), 1, 50_000_001)).toBe("states");
    expect(after(where(100_000), 1, 50_000_001)).toBeNull();
    expect(after(where(100_000, { maxStates: 10 }), 1, 11)).toBe("states");
  });
});

describe("a search for which no array can be had", () => {
  it("ends with what it has seen, as one at its limit does", () => {
    class Full extends CodeCache {
      override compile(...of: Parameters<CodeCache["compile"]>) {
        const compiled = super.compile(...of);
        const seen = compiled.seen();
        const insertAll: typeof seen.insertAll = (...given) => {
          const count = given[9];
          if (count > 1000) throw new RangeError("Array buffer allocation failed");
          return seen.insertAll(...given);
        };
        return { ...compiled, seen: () => ({ ...seen, insertAll }) };
      }
    }
    const model = translate(dining(8));
    const whole = { local: false, symmetry: false };
    const { cutShort, store } = search(model, whole, new Budget({}), {}, undefined, new Full());
    expect(cutShort).toBe("memory");
    expect(store.count).toBeGreaterThan(1000);
  });
});
