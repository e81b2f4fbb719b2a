import { onBothKernels } from "./on-both-kernels.js";

onBothKernels("02-locks-irqs-cpus.ipynb");
