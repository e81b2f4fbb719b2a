/** What code is made for. */
import type { Model } from "../../../machine/index.js";
import type { Frame } from "../../analysis/orbit-frames.js";
import type { Rounds } from "../../analysis/rounds.js";
import type { Symmetry } from "../../analysis/symmetry.js";
import type { Reductions } from "../../result/reductions.js";
import type { Packing } from "./packing.js";
import type { SuccessorRecord } from "./successor-record.js";

/** What the code of a model is made for. */
export interface Target {
  readonly model: Model;
  readonly packing: Packing;
  readonly reductions: Reductions;
  /** Of the sets that may be renamed. */
  readonly symmetry: Symmetry;
  /** Of the model. */
  readonly rounds: Rounds | null;
  /** The processes whose steps are written as code, and those that run them. */
  readonly frames: readonly Frame[];
  /** The processes that have code of their own. */
  readonly codes: readonly number[];
  readonly record: SuccessorRecord;
}
