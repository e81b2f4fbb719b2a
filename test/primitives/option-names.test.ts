import { describe, expect, it } from "vitest";
import { UnknownNameError } from "../../lib/primitives/named.js";
import { expectOptions } from "../../lib/primitives/option-names.js";

const check = (given: unknown) => () => {
  expectOptions("explore()", given, { maxStates: true, maxDepth: true });
};

describe("options", () => {
  it("are taken where there are such, and none is needed", () => {
    expect(check({ maxStates: 9 })).not.toThrow();
    expect(check({})).not.toThrow();
  });

  it("that there are not are refused, with the nearest", () => {
    expect(check({ maxstates: 9 })).toThrow(UnknownNameError);
    expect(check({ maxstates: 9 })).toThrow(
      'no option of explore() is called "maxstates"; did you mean maxStates?',
    );
    expect(check({ zzz: 9 })).toThrow("there are maxStates, maxDepth");
  });

  it.each([undefined, null, "deadlock", 9, ["deadlock"]])("%j is no options", (given) => {
    expect(check(given)).toThrow(/options are wanted, as in \{ maxStates: \.\.\. \}, and not/);
  });
});
