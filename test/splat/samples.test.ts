import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { kernelSplats } from "../../lib/splat/samples/index.js";

describe("the reports that come with the lab", () => {
  it.each(Object.entries(kernelSplats))("%s is what the kernel printed", (name, text) => {
    const file = new URL(`../oracle/kernel-splats/${name}.txt`, import.meta.url);
    expect(text).toBe(readFileSync(file, "utf8"));
  });
});
