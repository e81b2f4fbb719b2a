import { describe, expect, it } from "vitest";
import { abba } from "../../../lib/atlas/stories/index.js";
import { laidOut } from "../../../lib/explore/codegen/text/code.js";
import { legend } from "../../../lib/explore/codegen/layout/names.js";
import { generatedCode } from "../../../lib/explore/codegen/show.js";
import { kvm } from "../../../lib/kvm/index.js";
import { scenario, step, thread, translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const both = { local: true, symmetry: true };

describe("generated code as it is shown", () => {
  it("is, of two locks in either order, what the file says", async () => {
    await expect(generatedCode(translate(abba()), both)).toMatchFileSnapshot("abba-generated.txt");
  });

  it("is JavaScript", () => {
    for (const text of [abba(), kvm(kernelC)].map((of) => generatedCode(translate(of), both))) {
      expect(() => Reflect.construct(Function, [text]) as unknown).not.toThrow();
    }
  });

  it("has no name that is not explained", () => {
    const text = generatedCode(translate(kvm(kernelC)), both);
    const code = text.slice(text.indexOf("function steps()")).replace(/\/\/.*/g, "");
    const used = new Set(
      [...code.matchAll(/(?:function|const|let) ([A-Za-z]+)/g)].map((m) => m[1]),
    );
    const explained = new Set(legend.flatMap(([names]) => names.match(/[A-Za-z]+/g) ?? []));
    // What a single function keeps for a few lines explains itself.
    const local =
      "steps search seen first transition process index shift value element cpu before after by best bit count order can runAll canonicalAll place touched hash known entry moveIn progress moved made edge there changed";
    expect(
      [...used].filter((n) => !explained.has(n ?? "") && !local.split(" ").includes(n ?? "")),
    ).toEqual([]);
  });

  it("keeps what a user names on the lines of comments", () => {
    const of = scenario("names", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [step("a\nthrow new Error()")])],
    });
    expect(generatedCode(translate(of), both)).not.toMatch(/^throw/m);
  });
});

describe("laidOut", () => {
  it("indents by brackets and cases", () => {
    expect(laidOut("switch (a) {\ncase 1:\nb();\nbreak;\ncase 2:\n{\nc();\n}\nbreak;\n}")).toBe(
      "switch (a) {\n  case 1:\n    b();\n    break;\n  case 2:\n    {\n      c();\n    }\n    break;\n}",
    );
  });
});
