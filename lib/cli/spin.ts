/** SPIN, run on a model in a directory of its own. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What one run said. */
export interface SpinRun {
  readonly states: number;
  /** Of CPU time. */
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

/** What a run may take. */
export interface SpinLimits {
  readonly megabytes: number;
  /** Of CPU time. */
  readonly seconds: number;
  /** Two to this are the places in the hash table. */
  readonly hash: number;
}

/**
 * Returns a verifier of a Promela model, compiled with `gcc -O2`.
 *
 * @param reduced with SPIN's partial-order reduction, or the graph as it is
 */
export async function verifier(
  model: string,
  reduced: boolean,
  { megabytes, seconds: most, hash }: SpinLimits,
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
      const { stdout, seconds } = await timed(dir, hash, most);
      const found = /([\d.]+(?:e\+\d+)?) states, stored/.exec(stdout)?.[1];
      // Cut short, it has said now and then how far it was.
      const told = [...stdout.matchAll(/States=\s*([\d.]+(?:e\+\d+)?)/g)].pop()?.[1];
      const states = Number(found ?? told ?? 0);
      const cut = /max search depth too small|Search not completed|out of memory/.test(stdout);
      return { states, seconds, complete: found !== undefined && !cut };
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Runs the verifier for so much CPU time at most, and says how much it took: other load does not count. */
async function timed(
  dir: string,
  hash: number,
  seconds: number,
): Promise<{ readonly stdout: string; readonly seconds: number }> {
  const args = `-m10000000 -w${String(hash)} -c0`;
  const line = `(ulimit -t ${String(seconds)}; exec ./pan ${args}); times`;
  const { stdout } = await run("sh", ["-c", line], { cwd: dir, maxBuffer: 1 << 26 });
  // The last line of `times` is about what the shell ran: user and system time.
  const last = stdout.trim().split("\n").pop() ?? "";
  const parts = [...last.matchAll(/(\d+)m([\d.,]+)s/g)];
  const taken = parts.map(([, m, s]) => Number(m) * 60 + Number(s?.replace(",", ".")));
  return { stdout, seconds: taken.reduce((sum, part) => sum + part, 0) };
}
