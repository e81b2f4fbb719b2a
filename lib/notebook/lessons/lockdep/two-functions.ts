/** Functions of a text: one alone on a CPU, or two at once on two CPUs. */
import type { KernelC } from "../../../kernel-c/index.js";
import type { Scenario } from "../../../machine/index.js";

/** Returns the scenario of one call, on CPU 0. */
export const alone = (kernelC: KernelC, text: string, call: string): Scenario =>
  kernelC(text, { file: "mine.c", name: call, threads: [`${call} on 0`] });

/** Returns the scenario of two calls, on CPU 0 and CPU 1. */
export const atOnce = (kernelC: KernelC, text: string, one: string, other: string): Scenario =>
  kernelC(text, {
    file: "mine.c",
    name: `${one} and ${other}`,
    threads: [`${one} on 0`, `${other} on 1`],
  });
