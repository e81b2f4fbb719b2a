import process from "node:process";
import { Problem } from "./problem.mjs";

/** The oldest Node that can `require()` the lab's modules, as the notebook kernel does. */
const oldest = /** @type {const} */ ([20, 19]);

/**
 * Stops on a Node that is too old.
 *
 * @param {string} [version] as in `process.versions.node`
 */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new Problem(`this is Node ${version}; the lab needs ${oldest.join(".")} or later`, [
    "install a current Node (nodejs.org, nvm, fnm, or your system's packages)",
  ]);
}
