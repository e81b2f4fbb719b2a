import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("03-what-lockdep-knows.ipynb");
