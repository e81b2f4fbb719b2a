/** The worker of the live page: the whole lab, and the cells that a person runs. */
import * as lab from "lockdep-lab";
import { isRecord } from "../../primitives/record.js";
import type { Bundle } from "../notebook.js";
import { createOutbox, type Outbox } from "../runtime/outbox.js";
import { cellsNeeded } from "../runtime/plan.js";
import type { CellSource, RunRequest, WorkerMessage } from "../runtime/protocol.js";
import { createRuntime } from "../runtime/run-cell.js";

/** Where the lab's `show` sends its bundles when there is no Jupyter kernel. */
const displaySink = Symbol.for("lockdep-lab.display");

/** Starts to listen to the page. */
function start(): void {
  const post = (message: WorkerMessage): void => {
    self.postMessage(message);
  };
  const ran = new Map<string, string>();
  let outbox: Outbox | undefined;
  const runtime = createRuntime({
    modules: { "lockdep-lab": lab },
    // Indirect, so that cells see the global scope and nothing of this function.
    evaluate: (script) => globalThis.eval(script) as unknown,
    isGlobal: (name) => name in globalThis,
    useConsole: (console) => {
      Object.assign(globalThis, { console });
    },
    bundleOf,
  });
  Object.assign(globalThis, {
    [displaySink]: (bundle: Bundle) => {
      outbox?.add({ kind: "bundle", bundle });
    },
  });
  self.addEventListener("unhandledrejection", ({ reason }) => {
    const known = reason instanceof Error;
    outbox?.add({
      kind: "error",
      name: known ? reason.name : "Uncaught",
      value: known ? reason.message : String(reason),
      trace: "    in a promise that nobody awaited",
    });
    outbox?.flush();
  });

  const run = async (cell: CellSource): Promise<boolean> => {
    const box = createOutbox(
      (output) => {
        post({ kind: "output", cell: cell.id, output });
      },
      () => performance.now(),
    );
    outbox = box;
    post({ kind: "started", cell: cell.id });
    const from = performance.now();
    const ok = await runtime.run(cell, box.add);
    box.flush();
    if (ok) ran.set(cell.id, cell.source);
    post({ kind: "finished", cell: cell.id, ok, milliseconds: performance.now() - from });
    return ok;
  };
  const answer = async ({ cell, above }: RunRequest): Promise<void> => {
    const needed = cellsNeeded(cell, above, ({ id }) => ran.has(id));
    for (const other of needed) if (!(await run(other))) break;
    if (needed.every(({ id }) => ran.has(id))) await run(cell);
    post({ kind: "idle" });
  };
  self.addEventListener("message", ({ data }: MessageEvent<RunRequest>) => {
    void answer(data);
  });
  post({ kind: "ready" });
}

/** A value that says how it is shown: an object with `toMimeBundle()`. */
function bundleOf(value: unknown): Bundle | undefined {
  if (typeof value !== "object" || value === null || !("toMimeBundle" in value)) return undefined;
  const bundle: unknown =
    typeof value.toMimeBundle === "function"
      ? Reflect.apply(value.toMimeBundle, value, [])
      : undefined;
  return isRecord(bundle) ? bundle : undefined;
}

start();
