/** Exercises: predict, edit, run, check. Answers are judged by lockdep and by the explorer. */
export { lockdepIsSilent, lockdepReports } from "./by-lockdep.js";
export { canReach, explorerFinds, explorerFindsNothing, wentWell } from "./by-explorer.js";
export { holdsTogether } from "./by-run.js";
export { exercise, type Exercise, type ExerciseOptions } from "./exercise.js";
export { realOrFalse, type RealOrFalse } from "./real-or-false.js";
export type { Feedback, Judged } from "./feedback.js";
export { predict, type PredictOptions, type Prediction } from "./predict.js";
export { holds, on, type Evidence, type Finding, type Requirement } from "./requirement.js";
