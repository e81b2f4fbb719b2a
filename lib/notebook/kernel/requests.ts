/** Answers a front end's requests, one at a time and in their order. */
import type { MessagePort } from "node:worker_threads";
import { inspect } from "node:util";
import jupyter from "tslab/dist/jupyter.js";
import { provideHost } from "../../host/provide-host.js";
import { progressSinkKey } from "../../explore/search/progress-sink.js";
import type { Fields, Header, Message } from "../jupyter/message.js";
import { textIn } from "../jupyter/message.js";
import type { Cells } from "./cells.js";
import type { CellError } from "./cell-error.js";
import { kernelInfo } from "./kernel-info.js";
import { createOutput } from "./output.js";
import { createProgressLine } from "./progress.js";
import type { Incoming, Outgoing } from "./protocol.js";

/** How long requests that are on their way may take to arrive before a failed cell drops them. */
const arrival = 60;

interface State {
  parent: Header | null;
  count: number;
  running: boolean;
  queue: Message[];
}

/** Serves the requests that the sockets' thread hands over, those too that it has handed over before, until shutdown. */
export function serveRequests(sockets: MessagePort, cells: Cells): void {
  const state: State = { parent: null, count: 0, running: false, queue: [] };
  const tell = (message: Outgoing): void => {
    sockets.postMessage(message);
  };
  const publish = (type: string, content: Fields, parent: Header | null = state.parent): void => {
    tell({ kind: "publish", type, parent, content });
  };

  const output = createOutput(
    (content) => {
      tell({ kind: "publish", type: "stream", parent: state.parent, content });
    },
    () => {
      tell({ kind: "flooded" });
    },
  );
  process.stdout.write = output.writer("stdout");
  process.stderr.write = output.writer("stderr");
  const display = (content: object, update: boolean): void => {
    publish(update ? "update_display_data" : "display_data", { ...content });
  };
  Object.assign(jupyter, { lastWriteDisplayData: display });
  const progress = createProgressLine(display);
  provideHost();
  Object.assign(globalThis, { [progressSinkKey]: progress.tell });

  const showValue = (value: unknown): void => {
    if (value === undefined || value === null) return;
    if (value instanceof Promise) {
      console.log("A Promise, a value that comes later: write await before it.");
      return;
    }
    const data = bundleOf(value);
    if (data === null) console.log(value);
    else display({ data, metadata: {}, transient: {} }, false);
  };

  async function execute(message: Message): Promise<Fields> {
    const { content } = message;
    const code = textIn(content, "code");
    const silent = content["silent"] === true;
    if (!silent) {
      state.count += 1;
      publish("execute_input", { code, execution_count: state.count });
    }
    const error = await runCell(code);
    if (error === null) {
      return { status: "ok", execution_count: state.count, payload: [], user_expressions: {} };
    }
    publish("error", { ...error });
    if (content["stop_on_error"] !== false) await dropWaiting();
    return { status: "error", execution_count: state.count, ...error };
  }

  async function runCell(code: string): Promise<CellError | null> {
    const outcome = await cells.run(code);
    progress.end();
    if (outcome.status === "error") return outcome.error;
    showValue(outcome.value);
    return null;
  }

  /** As Jupyter asks: cells that were sent before this one failed are not run. */
  async function dropWaiting(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, arrival));
    const dropped = state.queue.filter(({ header }) => header.msg_type === "execute_request");
    state.queue = state.queue.filter(({ header }) => header.msg_type !== "execute_request");
    for (const to of dropped) {
      publish("status", { execution_state: "busy" }, to.header);
      tell({ kind: "reply", type: "execute_reply", to, content: { status: "aborted" } });
      publish("status", { execution_state: "idle" }, to.header);
    }
  }

  async function answer(message: Message): Promise<Fields | null> {
    switch (message.header.msg_type) {
      case "execute_request":
        return await execute(message);
      case "kernel_info_request":
        return kernelInfo();
      case "complete_request":
        return cells.answer("complete", message.content);
      case "inspect_request":
        return cells.answer("inspect", message.content);
      case "is_complete_request":
        return cells.answer("is_complete", message.content);
      case "comm_info_request":
        return { status: "ok", comms: {} };
      case "history_request":
        return { status: "ok", history: [] };
      default:
        return null;
    }
  }

  async function serve(message: Message): Promise<void> {
    const executes = message.header.msg_type === "execute_request";
    // Late output belongs to the last cell, not to a completion that came in between.
    if (executes) {
      output.begin();
      state.parent = message.header;
    }
    publish("status", { execution_state: "busy" }, message.header);
    try {
      const content = await answer(message);
      const type = message.header.msg_type.replace(/_request$/, "_reply");
      if (content !== null) tell({ kind: "reply", type, to: message, content });
    } catch (error) {
      process.stderr.write(`the kernel could not answer: ${inspect(error)}\n`);
    } finally {
      publish("status", { execution_state: "idle" }, message.header);
    }
  }

  function next(): void {
    const message = state.running ? undefined : state.queue.shift();
    if (message === undefined) return;
    state.running = true;
    void serve(message).finally(() => {
      state.running = false;
      // A macrotask of its own: an interrupt drops whatever waits in the microtask queue.
      setImmediate(next);
    });
  }

  sockets.on("message", (message: Incoming) => {
    switch (message.kind) {
      case "request":
        state.queue.push(message.message);
        next();
        return;
      case "interrupt":
        tell({ kind: "interrupted" });
        cells.interrupt(message.reason);
        return;
    }
  });
  keepAlive(publish);
  publish("status", { execution_state: "starting" }, null);
}

/** Whatever a cell left behind may fail later: it is reported, and the kernel lives on. */
function keepAlive(publish: (type: string, content: Fields) => void): void {
  const report = (what: string) => (error: unknown) => {
    publish("stream", { name: "stderr", text: `${what}: ${inspect(error)}\n` });
  };
  process.on("uncaughtException", report("an error outside of any cell"));
  process.on("unhandledRejection", report("a promise that nobody awaited was rejected"));
  // A stock Jupyter may send the signal itself; the script that runs ends by it, the kernel not.
  process.on("SIGINT", () => undefined);
  process.exit = (): never => {
    throw new Error("process.exit() would end the kernel; to end it: Kernel > Shut Down");
  };
}

/** Returns a value that says how it is shown: an object with `toMimeBundle()`. */
function bundleOf(value: unknown): Fields | null {
  if (typeof value !== "object" || value === null || !("toMimeBundle" in value)) return null;
  const { toMimeBundle } = value;
  if (typeof toMimeBundle !== "function") return null;
  const bundle: unknown = toMimeBundle.call(value);
  return typeof bundle === "object" && bundle !== null ? { ...bundle } : null;
}
