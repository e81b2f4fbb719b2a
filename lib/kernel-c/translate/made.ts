/** A process of a file, with whose variables it has. */
import type { Process } from "../../machine/index.js";
import type { Owner } from "./context/context.js";

/** A process with what is its own. */
export interface Made {
  readonly process: Process;
  readonly owners: readonly Owner[];
}
