import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const lab = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const explored = (...args: readonly string[]) => {
  const options = { encoding: "utf8", env: { ...process.env, LOCKDEP_LAB_CACHE: "off" } } as const;
  return spawnSync(process.execPath, [lab, "explore", "--no-reductions", ...args], options);
};

describe("lab explore --jobs", () => {
  it("answers as one job does, step by step", () => {
    const of = ["--mutant", "m2", "--fix", "final", "--cpus", "2", "--vcpus", "2", "--steps"];
    const alone = explored(...of);
    expect(alone.stdout).toContain("deadlock");
    expect(explored(...of, "--jobs", "2").stdout).toBe(alone.stdout);
  });

  it("does not go with one way after another", () => {
    const { status, stderr } = explored("--jobs", "2", "--depth-first");
    expect(status).toBe(2);
    expect(stderr).toBe(
      "lab explore: --jobs and --depth-first make no sense together: give one of them\n",
    );
  });
});
