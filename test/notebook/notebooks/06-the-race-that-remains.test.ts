import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("06-the-race-that-remains.ipynb");
