import { join } from "node:path";
import process from "node:process";
import { URL, fileURLToPath } from "node:url";

const windows = process.platform === "win32";

/** The folder with package.json. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** The project's own Python environment; everything of Jupyter's stays inside. */
export const venv = join(root, ".venv");

/** The environment's interpreter. */
export const venvPython = windows
  ? join(venv, "Scripts", "python.exe")
  : join(venv, "bin", "python");
