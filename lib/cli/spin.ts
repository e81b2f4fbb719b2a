/** SPIN, run on a model in a directory of its own. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Seconds that something took: of CPU time, which other load on the machine does not add to, and by the clock. */
export interface Seconds {
  readonly cpu: number;
  readonly clock: number;
}

/** What one run said. */
export interface SpinRun {
  readonly states: number;
  readonly seconds: Seconds;
  /** Whether it saw everything, within depth and memory. */
  readonly complete: boolean;
}

/** A verifier that SPIN made of a model, ready to run. */
export interface Verifier {
  /** What `spin -a` and gcc took to make it. */
  readonly made: Seconds;
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
  const plain = reduced ? "" : "-o1 -o2 -o3";
  const flags = `-O2 -w -DSAFETY -DVECTORSZ=4096 -DMEMLIM=${String(megabytes)}`;
  const graph = reduced ? "" : "-DNOREDUCE";
  const made = await timed(
    dir,
    `(spin ${plain} -a model.pml && gcc ${flags} ${graph} -o pan pan.c)`,
  );
  const pan = `(ulimit -t ${String(most)}; exec ./pan -m10000000 -w${String(hash)} -c0)`;
  return {
    made: made.seconds,
    run: async () => {
      const { stdout, seconds } = await timed(dir, pan);
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

/** Runs a command in a directory, and says how long it took. */
async function timed(
  dir: string,
  command: string,
): Promise<{ readonly stdout: string; readonly seconds: Seconds }> {
  const start = performance.now();
  const { stdout } = await run("sh", ["-c", `${command}; times`], {
    cwd: dir,
    maxBuffer: 1 << 26,
  });
  const clock = (performance.now() - start) / 1000;
  // The last line of `times` is about what the shell ran: user and system time.
  const last = stdout.trim().split("\n").pop() ?? "";
  const parts = [...last.matchAll(/(\d+)m([\d.,]+)s/g)];
  const taken = parts.map(([, m, s]) => Number(m) * 60 + Number(s?.replace(",", ".")));
  return { stdout, seconds: { cpu: taken.reduce((sum, part) => sum + part, 0), clock } };
}
