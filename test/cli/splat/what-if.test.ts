import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FileError } from "../../../lib/cli/frame/file-error.js";
import { UsageError } from "../../../lib/cli/frame/program.js";
import { registerWhatIf } from "../../../lib/cli/splat/what-if.js";
import { kernelSplats } from "../../../lib/splat/samples/index.js";

let folder = "";
let out = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "what-if-"));
  out = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function lab(...args: readonly string[]): Promise<void> {
  const program = new Command("lab");
  registerWhatIf(program);
  await program.parseAsync(["what-if", ...args], { from: "user" });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("lab what-if", () => {
  const cut = ["--cut", "pi_lock -> rq->__lock"];

  it("says which circles a change leaves, for people and for programs", async () => {
    const report = file("dmesg", kernelSplats.none);
    await lab(report, ...cut);
    expect(out).toMatch(/As it is: 1 circle[^]*After cutting pi_lock -> rq->__lock: no circle/);
    out = "";
    await lab(report, ...cut, "--json");
    expect(JSON.parse(out)).toMatchObject({
      before: { complete: true, circles: [{ edges: [{}, {}, {}] }] },
      after: { complete: true, circles: [] },
      cut: { edges: [] },
    });
  });

  it("draws what is left", async () => {
    const picture = join(folder, "order.svg");
    await lab(file("dmesg", kernelSplats.none), "--draw", picture, "--near", "pi_lock");
    expect(readFileSync(picture, "utf8")).toContain("3 classes, 3 edges, 1 circle");
  });

  it("says what is wrong with what it was given", async () => {
    const none = file("none", "usb 1-1: new device\n");
    await expect(lab(none)).rejects.toThrow(FileError);
    await expect(lab(none)).rejects.toThrow(/none: no order between locks was read/);
    const report = file("dmesg", kernelSplats.none);
    await expect(lab(report, "--depth", "2")).rejects.toThrow(UsageError);
    await expect(lab(report, "--cut", "nope -> pi_lock")).rejects.toThrow(
      /no class is called "nope"/,
    );
  });
});
