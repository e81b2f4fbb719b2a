#!/usr/bin/env node
/** The `lab` command. Each subcommand is one file that registers itself on the program. */
import { Command } from "commander";
import { registerAnnotate } from "./annotate.js";
import { registerBench } from "./bench.js";
import { registerExplore } from "./explore.js";
import { registerExport } from "./export.js";
import { registerMatrix } from "./matrix.js";
import { registerPromela } from "./promela.js";
import { registerReplay } from "./replay.js";
import { registerRun } from "./run.js";
import { registerSplat } from "./splat.js";

/** One file a command: adds itself to the program. */
export type Register = (program: Command) => void;

const commands: readonly Register[] = [
  registerAnnotate,
  registerBench,
  registerExplore,
  registerExport,
  registerMatrix,
  registerPromela,
  registerReplay,
  registerRun,
  registerSplat,
];

const program = new Command("lab")
  .description("lockdep's verdict beside an exhaustive explorer's")
  .showHelpAfterError()
  .showSuggestionAfterError();
for (const register of commands) register(program);
await program.parseAsync();
