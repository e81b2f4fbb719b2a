import { expect, it } from "vitest";
import { NamedValue, assigned } from "../../../../lib/explore/codegen/text/named-value.js";

const cpu = new NamedValue("here", "((w3 >>> 8) & 3)");

it("stands for its value wherever code asks for it", () => {
  expect(cpu.in("n1 = ((w3 >>> 8) & 3) + ((w3 >>> 8) & 3);")).toBe("n1 = here + here;");
});

it("leaves code alone that changes a word of the value, but not code that changes another", () => {
  const changes = "w3 = w3 & -4; w1 = ((w3 >>> 8) & 3);";
  expect(cpu.in(changes)).toBe(changes);
  expect(cpu.in("w13 = ((w3 >>> 8) & 3);")).toBe("w13 = here;");
  expect(cpu.in("if (((w3 >>> 8) & 3) === w3) w1 = 0;")).toBe("if (here === w3) w1 = 0;");
});

it("is declared only where it is used", () => {
  expect(cpu.declared("return here;")).toMatch(
    /^const here = \(\(w3 >>> 8\) & 3\);\s+return here;$/,
  );
  expect(cpu.declared("return there;")).toBe("return there;");
});

it("is no name for a number, or for what is as short", () => {
  expect(new NamedValue("here", "0").in("w1 = w0 & 0;")).toBe("w1 = w0 & 0;");
  expect(new NamedValue("here", "").in("return end;")).toBe("return end;");
});

it("knows an assignment from a comparison", () => {
  expect(assigned("if (n1 === n2) n3 = n1; n3 = n0;", "n")).toEqual(["n3"]);
});
