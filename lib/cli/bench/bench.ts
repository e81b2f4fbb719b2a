/** `lab bench`: the frame of the benchmarks, one file each. */
import type { Command } from "commander";
import { registerBenchExplore } from "./explore.js";
import { registerBenchLockdep } from "./lockdep.js";
import type { Register } from "../frame/program.js";

const benchmarks: readonly Register[] = [registerBenchExplore, registerBenchLockdep];

/** Adds the command. */
export function registerBench(program: Command): void {
  const bench = program.command("bench").description("measure how fast the lab is");
  for (const register of benchmarks) register(bench);
}
