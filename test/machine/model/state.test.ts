import { describe, expect, it } from "vitest";
import {
  bool,
  forever,
  hashState,
  idSet,
  initialState,
  enabled,
  printState,
  sameState,
  scenario,
  set,
  takeStep,
  thread,
  translate,
  variable,
  wait_until,
} from "../../../lib/machine/index.js";

describe("a state", () => {
  const VCPU = idSet("vcpu");
  const flag = variable("flag", bool, { per: [VCPU] });
  const model = translate(
    scenario("states", {
      sizes: { cpu: 1, vcpu: 2 },
      processes: [
        thread("T", 0, [
          forever([
            set({ op: "read", variable: flag, index: [{ op: "const", value: 1 }] }, true, "set it"),
            wait_until(
              { op: "read", variable: flag, index: [{ op: "const", value: 1 }] },
              "see it",
            ),
          ]),
        ]),
      ],
    }),
  );
  const start = initialState(model);
  const [first] = enabled(model, start);
  const next = first === undefined ? start : takeStep(model, start, first).state;

  it("is printed by names, or as what a step has changed", () => {
    expect(printState(model, start)).toContain("flag[vcpu1] = false");
    expect(printState(model, next, start).split("\n")).toEqual([
      "flag[vcpu1] = true",
      "T = before see it",
    ]);
  });

  it("is told apart and hashed by its values, and a copy is the same", () => {
    expect(sameState(start, [...start])).toBe(true);
    expect(hashState(start)).toBe(hashState([...start]));
    expect(sameState(start, next)).toBe(false);
    expect(hashState(start)).not.toBe(hashState(next));
    expect(initialState(model)).toEqual(start);
  });
});
