import { describe, expect, it } from "vitest";
import { nextStep } from "../../../lib/export/page/player/search.js";

const frames = [
  { title: "the start", text: "idle" },
  { title: "T0: lock a", text: "CPU 0 holds a" },
  { title: "T1: lock b", text: "CPU 0 holds a, CPU 1 holds b" },
];

describe("the search of a step player", () => {
  it("finds the next step by its title or its text, whatever the case of letters", () => {
    expect(nextStep(frames, "LOCK A", 0, 1)).toBe(1);
    expect(nextStep(frames, "holds b", 0, 1)).toBe(2);
  });

  it("goes round the end, back, and back to where it is if nothing else says it", () => {
    expect(nextStep(frames, "holds a", 2, 1)).toBe(1);
    expect(nextStep(frames, "holds a", 1, -1)).toBe(2);
    expect(nextStep(frames, "start", 0, 1)).toBe(0);
  });

  it("tells no words from words that no step has", () => {
    expect(nextStep(frames, "  ", 0, 1)).toBeNull();
    expect(nextStep(frames, "lock c", 0, 1)).toBeUndefined();
    expect(nextStep([], "a", 0, 1)).toBeUndefined();
  });
});
