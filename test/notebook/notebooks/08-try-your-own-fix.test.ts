import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("08-try-your-own-fix.ipynb");
