import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instanceId, partsOfId } from "../../lib/primitives/lock.js";

describe("the id of a lock instance", () => {
  it("has the members of the sets behind the variable, where there are any", () => {
    expect(instanceId("rq->__lock", [1])).toBe("rq->__lock@1");
    expect(instanceId("table", [0, 2])).toBe("table@0,2");
    expect(instanceId("a", [])).toBe("a");
  });

  it("comes apart into what it was made of", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat(9), { minLength: 1 }), (variable, index) => {
        expect(partsOfId(instanceId(variable, index))).toEqual([variable, index.join(",")]);
      }),
    );
    expect(partsOfId("a")).toEqual(["a", null]);
  });
});
