import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("04-the-three-paths.ipynb");
