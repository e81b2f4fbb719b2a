import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const report = fileURLToPath(new URL("../oracle/kernel-splats/none.txt", import.meta.url));
const lab = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const tiny = ["--cpus", "1", "--vcpus", "1"];

/** Runs a command as it is built, its output's pipe closed: nobody reads. */
async function unread(...args: readonly string[]): Promise<{ status: number | null; err: string }> {
  const child = spawn(process.execPath, [lab, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  await once(child, "close");
  return { status: child.exitCode, err };
}

describe("a command whose reader has seen enough", () => {
  it.each([
    ["explore", ...tiny],
    ["explore", "--list"],
    ["matrix", "--fix", "final", "--mutant", "m0", ...tiny],
    ["promela", ...tiny],
    ["splat", report],
  ])("ends quietly: lab %s", async (...args) => {
    const { status, err } = await unread(...args);
    expect(err.replace(/^1 of 1: .*\n/, "")).toBe("");
    expect(status).toBe(0);
  });

  it.each([
    "annotate",
    "bench",
    "explore",
    "export",
    "matrix",
    "promela",
    "replay",
    "run",
    "splat",
  ])("ends quietly in its help: lab %s --help", async (command) => {
    expect(await unread(command, "--help")).toEqual({ status: 0, err: "" });
  });
});
