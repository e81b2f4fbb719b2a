/** What a thread of a search runs. */
import { workerData } from "node:worker_threads";
import { serve } from "../explore/parallel/serve.js";
import type { ExpansionTask } from "../explore/parallel/task.js";

const isTask = (of: unknown): of is ExpansionTask =>
  typeof of === "object" && of !== null && "shared" in of;

if (isTask(workerData)) serve(workerData);
