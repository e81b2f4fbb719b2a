#!/usr/bin/env node
/** The `lab` command. Each subcommand is one file that registers itself on the program. */
import { CodeCache, codeCacheKey } from "../explore/codegen/code-cache.js";
import { threadsKey } from "../explore/parallel/threads.js";
import { freeMemoryKey } from "../explore/search/host-memory.js";
import { codeFiles } from "../host/code-files.js";
import { freeMegabytes } from "../host/free-memory.js";
import { nodeThreads } from "../host/node-threads.js";
import { registerAnnotate } from "./annotate.js";
import { registerAtlas } from "./atlas.js";
import { registerBench } from "./bench/bench.js";
import { registerCompare } from "./compare.js";
import { registerExplore } from "./explore.js";
import { registerExport } from "./export.js";
import { registerJudge } from "./judge.js";
import { registerMatrix } from "./matrix.js";
import { registerMcp } from "./mcp.js";
import { runLab } from "./program.js";
import { registerPromela } from "./promela.js";
import { registerQuadrant } from "./quadrant.js";
import { registerReplay } from "./replay.js";
import { registerRun } from "./run.js";
import { registerSplat } from "./splat.js";
import { registerTrace } from "./trace.js";
import { registerWhatIf } from "./what-if.js";

// One command explores alike models in a row: a matrix, a benchmark; and the next command the same ones.
Object.assign(globalThis, {
  [codeCacheKey]: new CodeCache(8, codeFiles()),
  [threadsKey]: nodeThreads(),
  [freeMemoryKey]: freeMegabytes,
});

await runLab([
  registerAnnotate,
  registerAtlas,
  registerBench,
  registerCompare,
  registerExplore,
  registerExport,
  registerJudge,
  registerMatrix,
  registerMcp,
  registerPromela,
  registerQuadrant,
  registerReplay,
  registerRun,
  registerSplat,
  registerTrace,
  registerWhatIf,
]);
