import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { guardIntrinsics } from "../../../lib/export/runtime/intrinsics.js";

describe("JavaScript's own objects", () => {
  const context = createContext();
  const scope = runInContext("globalThis", context) as object;
  const restore = guardIntrinsics(scope);
  const run = (source: string): unknown => runInContext(source, context);

  it.each([
    ["Array.prototype.push = () => 0", ["Array.prototype.push"], "[].push(1)", 1],
    ["delete Map.prototype.get", ["Map.prototype.get"], "new Map([[1, 2]]).get(1)", 2],
    [
      "JSON.stringify = null; Math.max = 1",
      ["Math.max", "JSON.stringify"],
      "JSON.stringify(1)",
      "1",
    ],
    ["Promise = null", ["Promise"], "typeof Promise", "function"],
    ["Array.prototype.last = () => 1", [], "[].last()", 1],
    [
      "Object.prototype.kind = 'full'; Object.prototype[0] = 1; Object.prototype.get = () => 1",
      ["Object.prototype.0", "Object.prototype.get", "Object.prototype.kind"],
      "'kind' in {} || 0 in [] || 'get' in {}",
      false,
    ],
    ["1", [], "1", 1],
  ])("are put back after %s", (source, changed, check, expected) => {
    run(source);
    expect([...restore()].sort()).toEqual([...changed].sort());
    expect(run(check)).toBe(expected);
  });

  it("cannot always be put back", () => {
    run(
      "Object.defineProperty(Set.prototype, 'has', { value: 1, configurable: false, writable: false })",
    );
    expect(restore).toThrow();
  });
});
