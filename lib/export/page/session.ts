/** The page's side of the worker: starts it, asks it to run cells, ends it when it must end. */
import type { OutputMessage, RunRequest, WorkerMessage } from "../runtime/protocol.js";

/** What becomes of a cell, told to the page. */
export interface CellEvents {
  readonly started: (cell: string) => void;
  readonly output: (cell: string, output: OutputMessage) => void;
  readonly finished: (cell: string, ok: boolean, milliseconds: number) => void;
  /** The worker was ended while the cell ran. */
  readonly stopped: (cell: string, why: "stop" | "time" | "crash") => void;
  /** Whether anything runs or waits. */
  readonly busy: (busy: boolean) => void;
}

/** Runs cells one after the other. */
export interface Session {
  readonly run: (request: RunRequest) => Promise<void>;
  /** Ends the worker with all its variables, and forgets what waits. */
  readonly stop: () => void;
  /** Starts the worker before it is needed. */
  readonly warmUp: () => void;
}

interface Waiting {
  readonly request: RunRequest;
  readonly done: () => void;
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
  const waiting: Waiting[] = [];
  let worker: Worker | undefined;
  let current: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: Waiting | undefined;

  const end = (why: "stop" | "time" | "crash"): void => {
    clearTimeout(timer);
    worker?.terminate();
    worker = undefined;
    const cell = current ?? asked?.request.cell.id;
    current = undefined;
    const done = [...(asked === undefined ? [] : [asked]), ...waiting.splice(0)];
    asked = undefined;
    if (cell !== undefined) events.stopped(cell, why);
    for (const { done: tell } of done) tell();
    events.busy(false);
  };
  const next = (): void => {
    const first = waiting.shift();
    asked = first;
    events.busy(first !== undefined);
    if (first !== undefined) start().postMessage(first.request);
  };
  const hear = (message: WorkerMessage): void => {
    switch (message.kind) {
      case "ready":
        return;
      case "started": {
        current = message.cell;
        const limit = limitOf(message.cell);
        clearTimeout(timer);
        if (limit < Infinity) timer = setTimeout(end, limit, "time");
        events.started(message.cell);
        return;
      }
      case "output":
        events.output(message.cell, message.output);
        return;
      case "finished":
        clearTimeout(timer);
        current = undefined;
        events.finished(message.cell, message.ok, message.milliseconds);
        return;
      case "idle": {
        const done = asked?.done;
        next();
        done?.();
        return;
      }
    }
  };
  const start = (): Worker => {
    if (worker !== undefined) return worker;
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    const made = new Worker(address);
    made.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => {
      URL.revokeObjectURL(address);
      if (made === worker) hear(data);
    });
    made.addEventListener("error", () => {
      if (made === worker) end("crash");
    });
    worker = made;
    return made;
  };
  return {
    warmUp: () => {
      start();
    },
    stop: () => {
      end("stop");
    },
    run: (request) =>
      new Promise((done) => {
        waiting.push({ request, done });
        if (asked === undefined) next();
      }),
  };
}
