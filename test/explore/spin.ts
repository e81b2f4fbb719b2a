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

const isThere = (tool: string): boolean =>
  spawnSync(tool, ["-v"], { stdio: "ignore" }).error === undefined;

/** Whether SPIN and a C compiler are there. */
export const hasSpin = ["spin", "gcc"].every(isThere);

/** What compiles soonest: of a hundred small graphs the compiling takes longest, 0.02 s with tcc and 0.7 s with gcc. */
const soonest = isThere("tcc") ? ["tcc"] : ["gcc", "-O0"];

/**
 * Expects the same number of states, nothing merged or left out, and the same answer to whether anything is
 * violated.
 *
 * @param optimise a second more to compile, which pays for a large graph
 */
export async function agreeWithSpin(of: Scenario, optimise = false): Promise<void> {
  const model = translate(of);
  const reductions = { local: false, symmetry: false };
  // As much as the verifier may use: no host says here how much there is.
  const here = explore(of, { reductions, maxSeconds: 600, maxMegabytes: 8192 });
  expect(here.complete).toBe(true);
  // Side by side: a machine has more than one core.
  const [graph, verdict] = await Promise.all([
    spin(promela(model), "graph", here.states, optimise),
    spin(promela(model, { purpose: "verdict" }), "verdict", here.states, optimise),
  ]);
  expect(graph).toMatchObject({ complete: true, states: here.states });
  expect(verdict.errors > 0).toBe(here.verdict !== "safe");
}

/**
 * Returns SPIN's answer; without its reduction the states are those of the model itself.
 *
 * @param expected about how many states: SPIN clears room for sixteen million before it begins, if it is not told
 */
async function spin(
  model: string,
  search: "graph" | "verdict",
  expected: number,
  optimise: boolean,
): Promise<SpinAnswer> {
  const cwd = mkdtempSync(join(tmpdir(), "lab-spin-"));
  try {
    writeFileSync(join(cwd, "model.pml"), model);
    const make = promisify(execFile);
    // Nothing merged, nothing left out: a state of SPIN is a state of the model.
    await make("spin", ["-o1", "-o2", "-o3", "-a", "model.pml"], { cwd });
    const flags = ["-w", "-DSAFETY", "-DNOREDUCE", "-DVECTORSZ=4096", "-DMEMLIM=8192"];
    const [compiler = "", ...level] = optimise ? ["gcc", "-O1"] : soonest;
    await make(compiler, [...level, ...flags, "-o", "pan", "pan.c"], { cwd });
    const how = search === "graph" ? ["-A", "-E", "-c0"] : ["-c1"];
    const slots = Math.ceil(Math.log2(4 * expected));
    const pan = (depth: number): Promise<string> =>
      printed(join(cwd, "pan"), [`-m${depth}`, `-w${Math.max(slots, 10)}`, ...how], cwd);
    const isTooDeep = (said: string): boolean => said.includes("max search depth too small");
    const soon = await pan(4 * expected);
    const out = isTooDeep(soon) ? await pan(4_000_000) : soon;
    const states = /(\d+(?:\.\d+)?(?:e\+\d+)?) states, stored/.exec(out)?.[1];
    const errors = /errors: (\d+)/.exec(out)?.[1];
    const complete = !isTooDeep(out) && !out.includes("Search not completed");
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
