import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { kernelFlags } from "../../lib/notebook/client/kernels.js";
import { registerKernel } from "../../lib/setup/kernelspec.mjs";

it("JupyterLab starts the kernel as `lab run` does", () => {
  const prefix = mkdtempSync(join(tmpdir(), "lab-prefix-"));
  try {
    registerKernel(prefix);
    const file = join(prefix, "share", "jupyter", "kernels", "tslab", "kernel.json");
    const { argv } = JSON.parse(readFileSync(file, "utf8")) as { readonly argv: readonly string[] };
    expect(argv[0]).toBe(process.execPath);
    expect(argv.slice(1, -2)).toEqual(kernelFlags);
    expect(argv.at(-1)).toBe("{connection_file}");
  } finally {
    rmSync(prefix, { recursive: true });
  }
});
