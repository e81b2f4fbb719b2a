#!/usr/bin/env node
/** The `lab` command. Each subcommand is one file of `commands.ts` that registers itself on the program. */
import { commands } from "./commands.js";
import { provideHost } from "./frame/host.js";
import { runLab } from "./frame/program.js";

provideHost();
await runLab(commands);
