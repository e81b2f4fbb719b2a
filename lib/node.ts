/** What Node imports as `lockdep-lab`, in scripts and in the cells of any kernel: all of it, with what Node has. */
import { provideHost } from "./host/provide-host.js";

export * from "./index.js";

provideHost();
