#!/usr/bin/env node
/** The `lab` command. Each subcommand is one file of `commands.ts` that registers itself on the program. */
import { bundled } from "../host/bundle.js";
import { quickCommands } from "./quick-commands.js";

const [, , name = ""] = process.argv;
const quick = Object.hasOwn(quickCommands, name) ? bundled(name) : null;
if (quick !== null) {
  await quick();
} else {
  const [{ commands }, { provideHost }, { runLab }] = await Promise.all([
    import("./commands.js"),
    import("../host/provide-host.js"),
    import("./frame/program.js"),
  ]);
  provideHost();
  await runLab(commands);
}
