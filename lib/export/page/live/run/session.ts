/** The page's side of the worker: starts it, asks it to run cells, ends it when it must end. */
import {
  readWorkerMessage,
  type OutputMessage,
  type RunRequest,
  type WorkerMessage,
} from "../../../runtime/protocol.js";

/** Why a worker was ended while cells ran or waited. */
export type EndReason = "stop" | "time" | "memory" | "crash" | "broken";

/** What becomes of a cell, told to the page. */
export interface CellEvents {
  readonly started: (cell: string, request: RunRequest) => void;
  readonly output: (cell: string, output: OutputMessage) => void;
  readonly finished: (cell: string, ok: boolean, milliseconds: number) => void;
  /** The cell has not run, since one that it needs has failed. */
  readonly blocked: (cell: string, by: string) => void;
  /** The worker was ended while the cell ran. */
  readonly ended: (cell: string, why: EndReason) => void;
  /** The worker was ended before the cell's turn had come. */
  readonly notRun: (cell: string, why: EndReason) => void;
  /** Whether anything runs or waits. */
  readonly busy: (busy: boolean) => void;
}

/** Runs cells one after the other. */
export interface Session {
  readonly run: (request: RunRequest) => void;
  /** Ends the worker with all its variables, and forgets what waits. */
  readonly stop: () => void;
  /** Starts the worker before it is needed. */
  readonly warmUp: () => void;
}

/** Milliseconds in which a worker has to begin with what it was asked to do. */
const patience = 10_000;

interface Running {
  readonly worker: Worker;
  readonly port: MessagePort;
}

/**
 * Returns a session over workers that run `program`.
 *
 * @param limitOf milliseconds that a cell may run, or Infinity.
 */
export function createSession(
  program: string,
  limitOf: (cell: string) => number,
  events: CellEvents,
): Session {
  const waiting: RunRequest[] = [];
  let running: Running | undefined;
  let asked: RunRequest | undefined;
  let current: string | undefined;
  /** The cell asked for has a result that the page shows. */
  let settled = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const allow = (milliseconds: number): void => {
    clearTimeout(timer);
    if (milliseconds < Infinity) timer = setTimeout(end, milliseconds, "time");
  };
  const end = (why: EndReason): void => {
    clearTimeout(timer);
    running?.worker.terminate();
    running?.port.close();
    running = undefined;
    const ran = current;
    const notRun = [
      ...(settled || asked === undefined ? [] : [asked.cell.id]),
      ...waiting.splice(0).map(({ cell }) => cell.id),
    ];
    [current, asked] = [undefined, undefined];
    if (ran !== undefined) events.ended(ran, why);
    for (const cell of new Set(notRun)) if (cell !== ran) events.notRun(cell, why);
    events.busy(false);
  };
  const next = (): void => {
    asked = waiting.shift();
    settled = false;
    clearTimeout(timer);
    events.busy(asked !== undefined);
    if (asked === undefined) return;
    allow(patience);
    start().port.postMessage(asked);
  };
  const hear = (message: WorkerMessage, request: RunRequest): void => {
    switch (message.kind) {
      case "started":
        current = message.cell;
        allow(limitOf(message.cell));
        events.started(message.cell, request);
        return;
      case "output":
        events.output(message.cell, message.output);
        return;
      case "finished":
        current = undefined;
        allow(patience);
        settled ||= message.cell === request.cell.id;
        events.finished(message.cell, message.ok, message.milliseconds);
        return;
      case "blocked":
        settled = true;
        events.blocked(message.cell, message.by);
        return;
      case "idle":
        if (settled) next();
        else end("crash");
        return;
      case "full":
        end("memory");
        return;
      case "broken":
        end("broken");
        return;
    }
  };
  const start = (): Running => {
    if (running !== undefined) return running;
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    const worker = new Worker(address);
    // A channel of their own: what a cell posts in the worker's name is not heard.
    const { port1: port, port2 } = new MessageChannel();
    const made = { worker, port };
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      URL.revokeObjectURL(address);
      const message = made === running ? readWorkerMessage(data) : undefined;
      if (message === undefined || asked === undefined) return;
      if (concerns(message, asked, current)) hear(message, asked);
    };
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (made === running) end("crash");
    });
    worker.postMessage(null, [port2]);
    running = made;
    return made;
  };
  return {
    warmUp: () => {
      start();
    },
    stop: () => {
      end("stop");
    },
    run: (request) => {
      waiting.push(request);
      if (asked === undefined) next();
    },
  };
}

/** Only the cells of the request are spoken of, and only the one that runs sends output. */
function concerns(
  message: WorkerMessage,
  { cell, above }: RunRequest,
  current: string | undefined,
): boolean {
  switch (message.kind) {
    case "started":
      return message.cell === cell.id || above.some(({ id }) => id === message.cell);
    case "output":
    case "finished":
      return message.cell === current;
    case "blocked":
      return message.cell === cell.id && above.some(({ id }) => id === message.by);
    case "idle":
    case "full":
    case "broken":
      return true;
  }
}
