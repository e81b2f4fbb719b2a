/** What code is made for. */
import type { Model } from "../../machine/index.js";
import type { Frame } from "../analysis/orbit-frames.js";
import type { Rounds } from "../analysis/rounds.js";
import type { Symmetry } from "../analysis/symmetry.js";
import type { Reductions } from "../result/reductions.js";
import type { Packing } from "./packing.js";

/** What the code of a model is made for. */
export interface Target {
  readonly model: Model;
  readonly packing: Packing;
  readonly reductions: Reductions;
  /** Of the sets that may be renamed. */
  readonly symmetry: Symmetry;
  /** Of the model. */
  readonly rounds: Rounds | null;
  /** Whose steps are written as code, and who runs them. */
  readonly frames: readonly Frame[];
  /**
   * Int32 per successor: its words, the transition, the state before; when reduced, also the processes
   * that moved unseen, by their names in the state before, a number, and those that made progress unseen.
   * The number is first the frame in which the step was found, and once the state has its own name the
   * renaming that led to it.
   */
  readonly stride: number;
}
