/** The C parser of the installed packages, once for a test file. */
export { loadKernelC } from "../../lib/notebook/kernel-c.js";
