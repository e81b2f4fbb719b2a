import { beforeAll, describe, expect, it } from "vitest";
import {
  type AtlasCase,
  atlas,
  judgeCase,
  pathOrders,
  selectionText,
} from "../../lib/atlas/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";
import type { KernelC } from "../../lib/kernel-c/index.js";

let kernelC: KernelC;
beforeAll(async () => {
  kernelC = await loadKernelC();
});

const each = atlas.map((of) => [of.name, of] as const);

describe.each(each)("%s", (_, of) => {
  it.each(of.expected.map((row) => [selectionText(row), row] as const))(
    "%s: both judges say what is expected, of every state",
    (_name, { fix, mutant, switched, lockdep, explorer }) => {
      const verdict = judgeCase(of, kernelC, {
        ...(fix === undefined ? {} : { fix }),
        ...(mutant === undefined ? {} : { mutant }),
        ...(switched === undefined ? {} : { switched }),
      });
      expect(verdict.result.complete).toBe(true);
      expect({ lockdep: verdict.lockdep, explorer: verdict.explorer }).toEqual({
        lockdep,
        explorer,
      });
    },
  );

  it("describes each of its patches, and has a patch for what it describes", () => {
    const described = (kind: "fixes" | "mutants" | "premises"): readonly string[] =>
      of[kind].map(({ name }) => name).sort();
    for (const kind of ["fixes", "mutants", "premises"] as const) {
      expect(described(kind)).toEqual(Object.keys(of.texts[kind]).sort());
    }
  });

  it("expects something of the code, of each patch, and of each mutant under each fix", () => {
    const said = of.expected.map(selectionText);
    const wanted = [
      "as it is",
      ...of.fixes.map(({ name }) => name),
      ...of.mutants.map(({ name }) => name),
      ...of.fixes.flatMap(({ name }) => of.mutants.map((mutant) => `${name} + ${mutant.name}`)),
      ...of.premises.filter(({ holds }) => !holds || only(of)).map(({ name }) => name),
    ];
    const switched = of.expected.flatMap((row) => row.switched ?? []);
    expect(wanted.filter((name) => !said.includes(name) && !switched.includes(name))).toEqual([]);
    expect(of.premises.filter(({ name }) => !switched.includes(name))).toEqual([]);
  });

  it("is real where the explorer finds it, and false where it finds nothing", () => {
    const asItIs = of.expected.find((row) => selectionText(row) === "as it is");
    const found = asItIs?.explorer === "safe" ? "false" : "real";
    expect([found, "depends"]).toContain(of.truth);
  });

  it("has no more than 80 lines of C beside comments", () => {
    const bare = of.texts.code.replaceAll(/\/\*.*?\*\//gs, "");
    expect(bare.split("\n").filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(80);
  });

  it("says where it was read, and what is not in the sources", () => {
    expect(of.sources.length).toBeGreaterThan(0);
    for (const text of [of.history, of.reading, of.question]) expect(text).toMatch(/[.?]$/);
  });
});

/** Whether a case depends on one premise alone. */
const only = ({ premises }: AtlasCase): boolean =>
  premises.filter(({ holds }) => holds).length === 1;

describe("the orders in which paths first run", () => {
  it("are all of up to three paths", () => {
    expect(pathOrders(["a", "b", "c"])).toHaveLength(6);
  });

  it("have each path first, and the reverse, of more", () => {
    const orders = pathOrders(["a", "b", "c", "d"]);
    expect(orders.map(([first]) => first)).toEqual(["a", "b", "c", "d", "d"]);
    expect(orders.at(-1)).toEqual(["d", "c", "b", "a"]);
  });
});
