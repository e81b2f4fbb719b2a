/** Reports that a real kernel printed for a reproduction of the posted-interrupt paths. */
import { kvmPiReport } from "./kvm-pi-report.js";
import { all1 } from "./all1.js";
import { novalidate } from "./novalidate.js";

/** What Linux 6.12.117 printed, by the name of the annotation that its paths had. */
export const kernelSplats = { none: kvmPiReport, all1, novalidate } as const;
