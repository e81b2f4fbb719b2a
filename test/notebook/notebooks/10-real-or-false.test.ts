import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("10-real-or-false.ipynb");
