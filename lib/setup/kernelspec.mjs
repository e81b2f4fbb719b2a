import { mkdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { isDeepStrictEqual } from "node:util";
import { readJson, writeJson } from "./fingerprint.mjs";
import { root, venv } from "./project.mjs";

/**
 * The lab's kernel under the name that tslab's own installer uses, so that one notebook runs on
 * either. It is told of an interrupt by message: a loop that blocks Node hears no signal.
 */
const kernelspec = {
  argv: [
    process.execPath,
    // As in lib/notebook/client/kernels.ts, which says why; what runs here is there before that is built.
    "--min-semi-space-size=16",
    "--max-semi-space-size=32",
    join(root, "dist", "notebook", "kernel", "main.js"),
    "{connection_file}",
  ],
  display_name: "TypeScript",
  language: "typescript",
  interrupt_mode: "message",
};

/**
 * What JupyterLab starts with here: no question about news, no look for updates, light or dark as
 * the system is, every cell of a notebook laid out, so that figures neither come late nor jump, and code that wraps: what
 * a line invites to change often stands at its end.
 */
const overrides = {
  "@jupyterlab/apputils-extension:notification": {
    fetchNews: "false",
    checkForUpdates: false,
    doNotDisturbMode: true,
  },
  "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true },
  "@jupyterlab/notebook-extension:tracker": {
    windowingMode: "none",
    codeCellConfig: { lineNumbers: false, lineWrap: true },
  },
};

/**
 * Registers the kernel and the lab's JupyterLab settings for a Python.
 *
 * @param {string} [prefix] that Python's `sys.prefix`; `.venv` unless said
 */
export function registerKernel(prefix = venv) {
  put(join(prefix, "share", "jupyter", "kernels", "tslab"), "kernel.json", kernelspec);
  put(join(prefix, "share", "jupyter", "lab", "settings"), "overrides.json", overrides);
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {unknown} value
 */
function put(folder, name, value) {
  if (isDeepStrictEqual(readJson(join(folder, name)), value)) return;
  mkdirSync(folder, { recursive: true });
  writeJson(join(folder, name), value);
}
