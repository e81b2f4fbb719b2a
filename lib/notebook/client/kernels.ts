/** The two kernels that notebooks run on. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { KernelCommand } from "./kernel-process.js";

const built = fileURLToPath(new URL("../../../dist/notebook/kernel/main.js", import.meta.url));

/**
 * Room for what lives shortly, as the kernel's specification for JupyterLab says too: the compiler and the translation
 * of C make much that a search does not keep, and with less of it a tenth of the time goes into moving it about.
 */
export const kernelFlags = ["--min-semi-space-size=16", "--max-semi-space-size=32"] as const;

/** The lab's own kernel, as built by `npm run build`. */
export const labKernel: KernelCommand = [
  process.execPath,
  ...kernelFlags,
  built,
  "{connection_file}",
];

/** The command that tslab's own installer registers. */
export function stockKernel(): KernelCommand {
  const tslab = dirname(createRequire(import.meta.url).resolve("tslab/package.json"));
  const program = join(tslab, "bin", "tslab");
  return [process.execPath, program, "kernel", "--config-path", "{connection_file}"];
}
