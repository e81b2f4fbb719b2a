import { describe, expect, it } from "vitest";
import { counted, grouped } from "../../lib/primitives/counted.js";

describe("numbers of things", () => {
  it("have commas between their thousands", () => {
    expect([0, 999, 1000, 353_962, 29_094_160].map(grouped)).toEqual([
      "0",
      "999",
      "1,000",
      "353,962",
      "29,094,160",
    ]);
  });

  it("have the noun that fits them", () => {
    expect([counted(1, "CPU"), counted(0, "CPU"), counted(1200, "class", "classes")]).toEqual([
      "1 CPU",
      "0 CPUs",
      "1,200 classes",
    ]);
  });
});
