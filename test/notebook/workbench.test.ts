import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { annotate, fixes } from "../../lib/kvm/index.js";
import { named } from "../../lib/primitives/named.js";
import { workbench } from "../../lib/notebook/workbench.js";

describe("the bench", () => {
  let said: string[] = [];
  beforeEach(() => {
    said = [];
    vi.spyOn(console, "log").mockImplementation((text: string) => void said.push(text));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("keeps what was tried by name, in order, and the last answer to a name", () => {
    const bench = workbench({ bugs: [], vcpus: 1 });
    bench.judge("mine", (code) => code);
    bench.judge("other", (code) => annotate(code, { schedOut: [1] }));
    expect(bench.table().text).toMatch(/mine: lockdep circular.*\n.*other: lockdep silent/);
    bench.judge("mine", (code) => annotate(code, { schedOut: [1], schedIn: [0, 1] }));
    expect(bench.table().text).toMatch(/mine: lockdep silent.*\n.*other: lockdep silent/);
    const words = bench.table().svg.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
    expect(words).toContain("2 CPUs and 1 vCPU.");
  });

  it("says of a hidden bug in which classes its two halves are, of this fix and not of an earlier one", () => {
    const bench = workbench({ bugs: ["m2"] });
    bench.judge("with 2", (code) => annotate(code, { schedOut: [1], schedIn: [0, 2] }));
    expect(said.at(-1)).toMatch(/HIDDEN.*\n.*holds it as wakeup\/0 and wakeup\/2/);
    bench.judge("out1", named("fix", "out1", fixes).apply);
    expect(said.at(-1)).toMatch(/HIDDEN.*\n.*holds it as wakeup\/0\. To lockdep/);
  });

  it("says nothing of the kind where lockdep is off or speaks", () => {
    const bench = workbench({ bugs: ["m3"] });
    bench.judge("none", (code) => code);
    expect(said.at(-1)).toMatch(/m3 .*\n +lockdep is off/);
    bench.judge("out1", named("fix", "out1", fixes).apply);
    expect(said.at(-1)).toMatch(/m3 .*\n +reported$/);
  });
});
