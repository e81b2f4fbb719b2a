/** What the one file of the quick commands runs. */
import { provideHost } from "../host/provide-host.js";
import { runLab } from "./frame/program.js";
import { quickCommands } from "./quick-commands.js";

/** Runs the command line, which names one of them. */
export async function runQuick(): Promise<void> {
  provideHost();
  await runLab(quickCommands);
}
