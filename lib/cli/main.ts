#!/usr/bin/env node
/** The `lab` command. Each subcommand is one file of `commands.ts` that registers itself on the program. */
import { CodeCache, codeCacheKey } from "../explore/codegen/code-cache.js";
import { threadsKey } from "../explore/parallel/threads.js";
import { freeMemoryKey } from "../explore/search/host-memory.js";
import { codeFiles } from "../host/code-files.js";
import { freeMegabytes } from "../host/free-memory.js";
import { nodeThreads } from "../host/node-threads.js";
import { commands } from "./commands.js";
import { runLab } from "./frame/program.js";

// One command explores alike models in a row: a matrix, a benchmark; and the next command the same ones.
Object.assign(globalThis, {
  [codeCacheKey]: new CodeCache(8, codeFiles()),
  [threadsKey]: nodeThreads(),
  [freeMemoryKey]: freeMegabytes,
});

await runLab(commands);
