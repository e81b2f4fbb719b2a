import { describe, expect, it } from "vitest";
import { measureRaces } from "../../lib/views/measured-races.js";
import { raceMatrix } from "../../lib/views/race-matrix.js";
import { abbaScenario } from "./abba.js";

const abba = abbaScenario("&a", "&b");
const paths = { task: "schedule", interrupt: "handler" };

describe("measured races", () => {
  const matrix = measureRaces(abba, { lock: "a", paths });
  const meeting = (a: string, b: string): number =>
    matrix.entries.find((e) => e.a === a && e.b === b)?.meeting ?? -1;

  it("finds the paths that meet on two CPUs", () => {
    expect(meeting("task", "interrupt")).toBeGreaterThan(0);
    expect(meeting("task", "task")).toBeGreaterThan(0);
    expect(raceMatrix(matrix).alt).toContain("task and interrupt race");
  });

  it("finds none between a path that runs on one CPU only and itself", () => {
    expect(meeting("interrupt", "interrupt")).toBe(0);
  });

  it("carries its bounds, and never hides that it was cut short", () => {
    expect(matrix.bounds).toContain("all 121 states");
    expect(measureRaces(abba, { lock: "a", paths, limit: 7 }).bounds).toContain(
      "cut short after 7",
    );
  });
});
