import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { generatorPrint } from "../../lib/host/generator-print.js";

const root = mkdtempSync(join(tmpdir(), "lab-print-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A build of two modules, of which one is the generator's. */
function built(name: string): string {
  const dist = join(root, name);
  for (const layer of ["primitives", "machine", "explore", "kernel-c", "kvm"]) {
    mkdirSync(join(dist, layer), { recursive: true });
    writeFileSync(join(dist, layer, "a.js"), "export const a = 1;\n");
  }
  return dist;
}

function rewritten(file: string, text: string): void {
  writeFileSync(file, text);
  utimesSync(file, new Date(2020, 0, 1), new Date(2020, 0, 1));
}

describe("what tells one version of the generator from another", () => {
  it("is the same as long as nothing is written", () => {
    const dist = built("same");
    expect(generatorPrint(dist)).toBe(generatorPrint(dist));
  });

  it("changes with any module where no compiler kept a record", () => {
    const dist = built("modules");
    const before = generatorPrint(dist);
    rewritten(join(dist, "explore", "a.js"), "export const a = 2;\n");
    const after = generatorPrint(dist);
    expect(after).not.toBe(before);
    rewritten(join(dist, "explore", "a.d.ts"), "export declare const a: number;\n");
    expect(generatorPrint(dist)).toBe(after);
  });

  it("changes with the compiler's record, where there is one", () => {
    const dist = built("record");
    const none = generatorPrint(dist);
    rewritten(join(dist, ".tsbuildinfo"), "{}");
    const first = generatorPrint(dist);
    expect(first).not.toBe(none);
    rewritten(join(dist, ".tsbuildinfo"), '{ "version": "5" }');
    expect(generatorPrint(dist)).not.toBe(first);
  });
});
