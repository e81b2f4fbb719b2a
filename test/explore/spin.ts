/** Runs SPIN on a Promela model, in a directory of its own. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SpinAnswer {
  readonly states: number;
  readonly errors: number;
  readonly complete: boolean;
}

/** Whether SPIN and a C compiler are there. */
export const hasSpin = ["spin", "gcc"].every(
  (tool) => spawnSync(tool, ["--version"], { stdio: "ignore" }).error === undefined,
);

/**
 * Returns SPIN's answer; without its reduction the states are those of the model itself.
 *
 * @param optimise for gcc: a second more to compile, which pays for a large graph
 */
export function spin(model: string, search: "graph" | "verdict", optimise = false): SpinAnswer {
  const dir = mkdtempSync(join(tmpdir(), "lab-spin-"));
  try {
    writeFileSync(join(dir, "model.pml"), model);
    const quiet = { cwd: dir, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"] };
    // Nothing merged, nothing left out: a state of SPIN is a state of the model.
    execFileSync("spin", ["-o1", "-o2", "-o3", "-a", "model.pml"], quiet);
    const flags = [
      optimise ? "-O1" : "-O0",
      "-w",
      "-DSAFETY",
      "-DNOREDUCE",
      "-DVECTORSZ=4096",
      "-DMEMLIM=8192",
    ];
    execFileSync("gcc", [...flags, "-o", "pan", "pan.c"], quiet);
    const how = search === "graph" ? ["-A", "-E", "-c0"] : ["-c1"];
    const run = spawnSync("./pan", ["-m4000000", ...how], { cwd: dir, encoding: "utf8" });
    const states = /(\d+(?:\.\d+)?(?:e\+\d+)?) states, stored/.exec(run.stdout)?.[1];
    const errors = /errors: (\d+)/.exec(run.stdout)?.[1];
    const complete = !/max search depth too small|Search not completed/.test(run.stdout);
    return { states: Number(states), errors: Number(errors), complete };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
