import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { optimisedLate } from "../../lib/host/baseline-wasm.js";

const text = "(() => 42)()";

/** Whether V8 takes bytecode that was made before: it does not under other flags. */
function takes(cachedData: Buffer): boolean {
  return new Script(text, { cachedData }).cachedDataRejected === false;
}

describe("modules that are optimised late", () => {
  it("are what the load gives, and what it throws is thrown", async () => {
    expect(await optimisedLate(() => Promise.resolve(7))).toBe(7);
    await expect(optimisedLate(() => Promise.reject(new Error("no module")))).rejects.toThrow(
      "no module",
    );
  });

  it("leave V8 as it was for all that is compiled afterwards", async () => {
    const before = new Script(text).createCachedData();
    expect(takes(before)).toBe(true);
    await optimisedLate(() => Promise.resolve());
    expect(takes(before)).toBe(true);
    await expect(optimisedLate(() => Promise.reject(new Error("no module")))).rejects.toThrow();
    expect(takes(before)).toBe(true);
  });
});
