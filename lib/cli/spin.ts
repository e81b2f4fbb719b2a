/** SPIN, run on a model in a directory of its own. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What one run of SPIN said. */
export interface SpinRun {
  readonly states: number;
  readonly seconds: number;
  /** Whether it saw everything, within depth and memory. */
  readonly complete: boolean;
}

/** A verifier that SPIN made of a model, ready to run. */
export interface Verifier {
  readonly run: () => Promise<SpinRun>;
  readonly remove: () => Promise<void>;
}

/** Returns whether SPIN and a C compiler are there. */
export async function hasSpin(): Promise<boolean> {
  try {
    await run("spin", ["-V"]);
    await run("gcc", ["--version"]);
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns a verifier of a Promela model, compiled with `gcc -O2`.
 *
 * @param reduced with SPIN's partial-order reduction, or the graph as it is
 * @param megabytes the most memory it may use
 */
export async function verifier(
  model: string,
  reduced: boolean,
  megabytes: number,
): Promise<Verifier> {
  const dir = await mkdtemp(join(tmpdir(), "lab-spin-"));
  await writeFile(join(dir, "model.pml"), model);
  // Unreduced, nothing is merged either: a state of SPIN is a state of the scenario.
  const plain = reduced ? [] : ["-o1", "-o2", "-o3"];
  await run("spin", [...plain, "-a", "model.pml"], { cwd: dir });
  const flags = ["-O2", "-w", "-DSAFETY", "-DVECTORSZ=4096", `-DMEMLIM=${String(megabytes)}`];
  const graph = reduced ? [] : ["-DNOREDUCE"];
  await run("gcc", [...flags, ...graph, "-o", "pan", "pan.c"], { cwd: dir });
  return {
    run: async () => {
      const start = performance.now();
      const { stdout } = await run("./pan", ["-m10000000", "-w25", "-c0"], {
        cwd: dir,
        maxBuffer: 1 << 26,
      });
      const seconds = (performance.now() - start) / 1000;
      const states = Number(/([\d.]+(?:e\+\d+)?) states, stored/.exec(stdout)?.[1]);
      const complete = !/max search depth too small|Search not completed|out of memory/.test(
        stdout,
      );
      return { states, seconds, complete };
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
