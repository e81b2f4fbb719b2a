import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("01-the-splat.ipynb");
