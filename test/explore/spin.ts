/** Compares the lab with SPIN, in a directory of its own. */
import { execFile, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { explore, promela } from "../../lib/explore/index.js";
import { type Scenario, translate } from "../../lib/machine/index.js";

interface SpinAnswer {
  readonly states: number;
  readonly errors: number;
  readonly complete: boolean;
}

/** Whether SPIN and a C compiler are there. */
export const hasSpin = ["spin", "gcc"].every(
  (tool) => spawnSync(tool, ["--version"], { stdio: "ignore" }).error === undefined,
);

/**
 * Expects the same number of states, nothing merged or left out, and the same answer to whether anything is
 * violated.
 *
 * @param optimise for gcc: a second more to compile, which pays for a large graph
 */
export async function agreeWithSpin(of: Scenario, optimise = false): Promise<void> {
  const model = translate(of);
  // Side by side: a machine has more than one core.
  const [graph, verdict] = await Promise.all([
    spin(promela(model), "graph", optimise),
    spin(promela(model, { purpose: "verdict" }), "verdict", optimise),
  ]);
  const reductions = { local: false, symmetry: false };
  // As much as the verifier may use: no host says here how much there is.
  const here = explore(of, { reductions, maxSeconds: 600, maxMegabytes: 8192 });
  expect(here.complete).toBe(true);
  expect(graph).toMatchObject({ complete: true, states: here.states });
  expect(verdict.errors > 0).toBe(here.verdict !== "safe");
}

/** Returns SPIN's answer; without its reduction the states are those of the model itself. */
async function spin(
  model: string,
  search: "graph" | "verdict",
  optimise: boolean,
): Promise<SpinAnswer> {
  const cwd = mkdtempSync(join(tmpdir(), "lab-spin-"));
  try {
    writeFileSync(join(cwd, "model.pml"), model);
    const make = promisify(execFile);
    // Nothing merged, nothing left out: a state of SPIN is a state of the model.
    await make("spin", ["-o1", "-o2", "-o3", "-a", "model.pml"], { cwd });
    const flags = ["-w", "-DSAFETY", "-DNOREDUCE", "-DVECTORSZ=4096", "-DMEMLIM=8192"];
    await make("gcc", [optimise ? "-O1" : "-O0", ...flags, "-o", "pan", "pan.c"], { cwd });
    const how = search === "graph" ? ["-A", "-E", "-c0"] : ["-c1"];
    const out = await printed(join(cwd, "pan"), ["-m4000000", ...how], cwd);
    const states = /(\d+(?:\.\d+)?(?:e\+\d+)?) states, stored/.exec(out)?.[1];
    const errors = /errors: (\d+)/.exec(out)?.[1];
    const complete = !/max search depth too small|Search not completed/.test(out);
    return { states: Number(states), errors: Number(errors), complete };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** What a program prints, whatever its exit status says. */
function printed(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "ignore"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.on("error", reject);
    child.on("close", () => {
      resolve(out);
    });
  });
}
