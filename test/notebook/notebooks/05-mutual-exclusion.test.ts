import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("05-mutual-exclusion.ipynb");
