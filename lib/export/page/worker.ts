/** The worker of the live page: the whole lab, and the cells that a person runs. */
import * as lab from "lockdep-lab";
import grammar from "tree-sitter-c/tree-sitter-c.wasm";
import runtime from "web-tree-sitter/web-tree-sitter.wasm";
import { parserModulesKey } from "../../notebook/kernel-c.js";
import { isRecord } from "../../primitives/record.js";
import type { Bundle } from "../outputs/stored-output.js";
import { countedBuffers, mostBufferBytes } from "../runtime/buffers.js";
import { installChannels } from "../runtime/channels.js";
import { createHeapWatch, mostObjectBytes, type AddressSpace } from "../runtime/heap-watch.js";
import { guardIntrinsics } from "../runtime/intrinsics.js";
import { createOutbox, type Outbox } from "../runtime/outbox.js";
import { createPlan } from "../runtime/plan.js";
import type { CellSource, RunRequest, WorkerMessage } from "../runtime/protocol.js";
import { createRuntime, uncaught } from "../runtime/run-cell.js";
import { installTimers } from "../runtime/timers.js";

/** Where the lab's `show` sends its bundles when there is no Jupyter kernel. */
const displaySink = Symbol.for("lockdep-lab.display");

/** Buffers without a byte, each of which has addresses for a GB: Chromium has a thousand of these. */
const addresses: AddressSpace = {
  reserve: () => new ArrayBuffer(0, { maxByteLength: 2 ** 30 }),
  release: (reserved) => {
    // Where buffers cannot be resized, none reserves anything.
    if (reserved instanceof ArrayBuffer && reserved.resizable) reserved.transferToFixedLength(0);
  },
};

/** A run that went through: with which text, and which run it was. */
interface Ran {
  readonly source: string;
  readonly at: number;
}

/** Starts to answer on the port. */
function start(port: MessagePort): void {
  // Taken before any cell runs: what a cell does to these functions' prototypes does not matter.
  const post: (message: WorkerMessage) => void = port.postMessage.bind(port);
  const turn = laterTurn();
  const endTimers = installTimers(globalThis as never);
  const closeChannels = installChannels(globalThis);
  const plan = createPlan();
  const ran = new Map<string, Ran>();
  let runs = 0;
  let outbox: Outbox | undefined;
  const cells = createRuntime({
    modules: { "lockdep-lab": lab },
    globals: countedBuffers(mostBufferBytes),
    made: createHeapWatch(mostObjectBytes, addresses, () => {
      post({ kind: "full" });
    }),
    // Indirect, so that cells see the global scope and nothing of this function.
    evaluate: (script) => globalThis.eval(script) as unknown,
    isGlobal: (name) => name in globalThis,
    useConsole: (console) => {
      Object.assign(globalThis, { console });
    },
    bundleOf,
    restore: guardIntrinsics(globalThis),
  });
  Object.assign(globalThis, {
    [parserModulesKey]: { runtime, grammar },
    [displaySink]: (bundle: Bundle) => {
      outbox?.add({ kind: "bundle", bundle });
    },
  });
  const tell = (reason: unknown, where: string): void => {
    outbox?.add(uncaught(reason, where));
    outbox?.flush();
  };
  self.addEventListener("unhandledrejection", ({ reason }) => {
    tell(reason, "a promise that nobody awaited");
  });
  // What is thrown by a timer or a microtask ends neither the worker nor the variables.
  self.addEventListener("error", (event) => {
    event.preventDefault();
    tell(event.error, "what the cell left to run by itself: a timer or a microtask");
  });

  const run = async (cell: CellSource): Promise<boolean> => {
    const box = createOutbox(
      (output) => {
        post({ kind: "output", cell: cell.id, output });
      },
      () => performance.now(),
    );
    outbox = box;
    ran.delete(cell.id);
    post({ kind: "started", cell: cell.id });
    const from = performance.now();
    const ok = await cells.run(cell, box.add);
    const milliseconds = performance.now() - from;
    // A rejected promise that nobody awaited is reported in the next turn.
    await turn();
    endTimers();
    closeChannels();
    box.flush();
    outbox = undefined;
    if (ok) ran.set(cell.id, { source: cell.source, at: ++runs });
    post({ kind: "finished", cell: cell.id, ok, milliseconds });
    return ok;
  };
  const ranAt = ({ id, source }: CellSource): number | undefined => {
    const last = ran.get(id);
    return last?.source === source ? last.at : undefined;
  };
  const answer = async ({ cell, above }: RunRequest): Promise<void> => {
    try {
      for (const other of plan.needed(cell, above, ranAt)) {
        if (await run(other)) continue;
        post({ kind: "blocked", cell: cell.id, by: other.id });
        post({ kind: "idle" });
        return;
      }
      await run(cell);
      post({ kind: "idle" });
    } catch {
      post({ kind: "broken" });
    }
  };
  port.onmessage = ({ data }: MessageEvent<RunRequest>) => {
    void answer(data);
  };
}

/** Returns a function that waits until the events that are due have been told: these come in the next turn. */
function laterTurn(): () => Promise<void> {
  const { setTimeout } = globalThis;
  return () => new Promise((done) => setTimeout(setTimeout, 0, done, 0));
}

/** What would end the worker, speak in its name or go on without it is not for cells. */
function withhold(names: readonly string[]): void {
  for (const name of names) {
    const refuse = function (): never {
      throw new Error(`a cell cannot call ${name}(): it runs in the page's worker`);
    };
    hide(name, refuse);
  }
}

/** Puts something else under a name of the worker's, wherever it stands. */
function hide(name: string, value: unknown): void {
  for (let owner: unknown = self; isRecord(owner); owner = Object.getPrototypeOf(owner)) {
    Reflect.deleteProperty(owner, name);
  }
  Object.defineProperty(self, name, { value });
}

/** Returns a value that says how it is shown: an object with `toMimeBundle()`. */
function bundleOf(value: unknown): Bundle | undefined {
  if (typeof value !== "object" || value === null || !("toMimeBundle" in value)) return undefined;
  const bundle: unknown =
    typeof value.toMimeBundle === "function"
      ? Reflect.apply(value.toMimeBundle, value, [])
      : undefined;
  return isRecord(bundle) ? bundle : undefined;
}

self.addEventListener(
  "message",
  ({ ports: [port] }) => {
    withhold(["close", "postMessage", "Worker", "SharedWorker", "BroadcastChannel"]);
    // There the page keeps what its reader has written.
    hide("indexedDB", undefined);
    if (port !== undefined) start(port);
  },
  { once: true },
);
