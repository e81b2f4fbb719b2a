/** DRM, 2023: a key inside a function makes all its callers' mutexes one class. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const drmmMutexInit: AtlasCase = {
  name: "drmm-mutex-init",
  title: "one key for all callers",
  truth: "false",
  texts,
  question: "Lockdep says that the driver takes a lock that it holds already. Which one?",
  premises: [],
  fixes: [
    {
      name: "macro",
      summary: "drmm_mutex_init() becomes a macro, with a key for each place where it stands",
      fate: "merged, c21f11d182c2",
    },
    {
      name: "subclass",
      summary: "the inner mutex is taken as SINGLE_DEPTH_NESTING",
      fate: "ours, to compare: what silences the report at the place where it came",
    },
  ],
  mutants: [
    {
      name: "other-order",
      summary: "eviction takes the two the other way round",
    },
    {
      name: "other-order-nested",
      summary: "the same, and says that the inner one is nested",
    },
  ],
  expected: [
    { lockdep: ["recursive"], explorer: "safe" },
    {
      mutant: "other-order",
      lockdep: ["recursive"],
      explorer: "deadlock",
      because: "lockdep is off since the first report, which was false",
    },
    { mutant: "other-order-nested", lockdep: ["recursive"], explorer: "deadlock" },
    { fix: "macro", lockdep: ["silent"], explorer: "safe" },
    { fix: "macro", mutant: "other-order", lockdep: ["circular"], explorer: "deadlock" },
    {
      fix: "macro",
      mutant: "other-order-nested",
      lockdep: ["silent"],
      explorer: "deadlock",
      because: "an annotation that lies hides the bug with any key",
    },
    { fix: "subclass", lockdep: ["silent"], explorer: "safe" },
    { fix: "subclass", mutant: "other-order", lockdep: ["recursive"], explorer: "deadlock" },
    {
      fix: "subclass",
      mutant: "other-order-nested",
      lockdep: ["silent"],
      explorer: "deadlock",
      because:
        "both paths take the one class and then its subclass: the order of the two mutexes is lost",
    },
  ],
  sources: [
    {
      where: "c21f11d182c2 (drivers/gpu/drm/drm_managed.c, drmm_mutex_init), May 2023",
      says: "mutex_init()'s static key is created once for all callers of the function; impossible reports follow",
    },
  ],
  reading:
    "The two mutexes and the names of the paths are ours: the commit names no driver's report.",
  history:
    "mutex_init() is a macro, so that a static key stands wherever it is written, and all mutexes that are initialised at one place are a class. A helper that the graphics drivers share wrapped it in a function: one place for every driver's every mutex. From then on, a driver that held two of them was reported as taking a lock twice. The helper became a macro.",
};
