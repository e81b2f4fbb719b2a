/** What a thread of a search runs. */
import { workerData } from "node:worker_threads";
import { type Engine, engineOf } from "../explore/codegen/engine-functions.js";
import type { EngineParts } from "../explore/codegen/kept-code.js";
import { serve } from "../explore/parallel/serve.js";
import type { ExpansionTask } from "../explore/parallel/task.js";
import { ModuleEngines } from "./wasm/engine.js";

const isTask = (of: unknown): of is ExpansionTask =>
  typeof of === "object" && of !== null && "shared" in of;

/** The functions of the module that was kept, or else of the text. */
const engineIn = (of: EngineParts): Engine =>
  of.module === null ? engineOf(of) : new ModuleEngines(of.module).engine(of.size);

if (isTask(workerData)) serve(workerData, engineIn);
