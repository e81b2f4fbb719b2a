import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("07-subclass-rules.ipynb");
