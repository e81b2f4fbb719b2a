import { describe, expect, it } from "vitest";
import { invitationsOf } from "./invitations.js";

describe("an invitation", () => {
  const said = (source: string): readonly string[] =>
    invitationsOf({ source }).changes.map((change) => change.source);

  it("names what may stand in place of what stands there", () => {
    expect(said("const n = 1; // <- change here: 1 | 2 | 13")).toEqual([
      "const n = 2; ",
      "const n = 13; ",
    ]);
    expect(said("f(11, 1) // <- change here: 1 | 2")).toEqual(["f(11, 2) "]);
    expect(said("\tlock(&a); /* <- change here: &a | &b */")).toEqual(["\tlock(&b); "]);
    expect(said("const x: number | null = null; // <- your prediction: 0 | 1")).toEqual([
      "const x: number | null = 0; ",
      "const x: number | null = 1; ",
    ]);
  });

  it("is vague without a value that stands in its line, or with no other", () => {
    for (const source of [
      "f(1) // <- change here",
      "f(1) // <- change here: 2 | 3",
      "f(1) // <- change here: 1",
    ]) {
      expect(invitationsOf({ source })).toEqual({ changes: [], vague: [source] });
    }
  });
});
