import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("09-bring-your-own-splat.ipynb");
