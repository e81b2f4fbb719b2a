/** Reports that a real kernel printed for a reproduction of the posted-interrupt paths. */
import { all1 } from "./all1.js";
import { none } from "./none.js";
import { novalidate } from "./novalidate.js";

/** What Linux 6.12.117 printed, by the name of the annotation that its paths had. */
export const kernelSplats = { none, all1, novalidate } as const;
