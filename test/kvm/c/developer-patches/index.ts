/** Patches that a developer might send against the case, each with what the two judges say of it. */
import { annotationPatches } from "./annotation.js";
import { furtherPatches } from "./further.js";
import { listPatches } from "./list.js";
import { lockPatches } from "./lock.js";
import type { DeveloperPatch } from "./pieces.js";
import { remotePatches } from "./remote.js";
import { sleepingPatches } from "./sleeping.js";
import { wakeupPatches } from "./wakeup.js";
import { wordingPatches } from "./wording.js";

export type { DeveloperPatch, Edit } from "./pieces.js";

export const developerPatches: readonly DeveloperPatch[] = [
  ...annotationPatches,
  ...lockPatches,
  ...listPatches,
  ...wakeupPatches,
  ...remotePatches,
  ...sleepingPatches,
  ...wordingPatches,
  ...furtherPatches,
];
