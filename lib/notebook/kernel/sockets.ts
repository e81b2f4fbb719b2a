/**
 * The kernel's sockets, in a thread of their own: whatever a cell does, its output leaves at once,
 * the heartbeat goes on, and an interrupt is heard.
 */
import { Session } from "node:inspector";
import { workerData } from "node:worker_threads";
import { Publisher, Reply, Router } from "zeromq";
import { readConnection, type Channel } from "../jupyter/connection.js";
import {
  decode,
  encode,
  newHeader,
  type Fields,
  type Header,
  type Message,
} from "../jupyter/message.js";
import { kernelInfo } from "./kernel-info.js";
import { gatherer } from "./output.js";
import {
  flag,
  type Incoming,
  type InterruptReason,
  type Outgoing,
  type SocketsData,
} from "./protocol.js";

/** How long a cell may take to notice SIGINT before it is ended from outside, in milliseconds. */
const patience = 300;

const data = workerData as SocketsData;
const port = data.cells;
const flags = new Int32Array(data.flags);
const connection = readConnection(data.connectionFile);
const { key } = connection;

const shell = new Router();
const control = new Router();
const stdin = new Router();
const heartbeat = new Reply();
// No limit and no waiting: a message that finds no room would be lost.
const iopub = new Publisher({ sendHighWaterMark: 0, sendTimeout: 0 });

const bind = (socket: Publisher | Router | Reply, channel: Channel): Promise<void> =>
  socket.bind(connection.endpoint(channel));
await Promise.all([
  bind(shell, "shell"),
  bind(control, "control"),
  bind(iopub, "iopub"),
  bind(stdin, "stdin"),
  bind(heartbeat, "hb"),
]);

const tell = (message: Incoming): void => {
  port.postMessage(message);
};

function send(socket: Publisher | Router, message: Message): void {
  void socket.send(encode(key, message)).catch(() => undefined);
}

function reply(socket: Router, to: Message, type: string, content: Message["content"]): void {
  const header = newHeader(type, to.header.session);
  send(socket, { identities: to.identities, header, parent: to.header, metadata: {}, content });
}

/** One interrupt at a time; `reached` is called when the cells' thread is at its event loop. */
function interrupter(): { start: (reason: InterruptReason) => void; reached: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    if (Atomics.load(flags, flag.compiling) === 1) {
      timer = setTimeout(end, patience);
      return;
    }
    // A loop after an `await` runs outside of any script that SIGINT could break.
    const session = new Session();
    session.connectToMainThread();
    session.post("Runtime.terminateExecution", () => {
      session.disconnect();
    });
  };
  return {
    start(reason) {
      clearTimeout(timer);
      Atomics.store(flags, flag.flooded, reason === "output" ? 1 : 0);
      tell({ kind: "interrupt", reason });
      if (process.platform !== "win32") process.kill(process.pid, "SIGINT");
      timer = setTimeout(end, patience);
    },
    reached() {
      clearTimeout(timer);
    },
  };
}

const interrupt = interrupter();
const publish = (type: string, content: Fields, parent: Header | null): void => {
  const header = newHeader(type, parent?.session ?? "lab");
  const identities = [Buffer.from(type)];
  send(iopub, { identities, header, parent: parent ?? {}, metadata: {}, content });
};
const streams = gatherer((content, parent) => {
  publish("stream", content, parent);
});

port.on("message", (message: Outgoing) => {
  switch (message.kind) {
    case "publish":
      if (message.type === "stream") {
        streams.add(message.content, message.parent);
      } else {
        streams.flush();
        publish(message.type, message.content, message.parent);
      }
      return;
    case "reply":
      streams.flush();
      reply(shell, message.to, message.type, message.content);
      return;
    case "interrupted":
      interrupt.reached();
      return;
    case "flooded":
      interrupt.start("output");
      return;
  }
});

async function receive(socket: Router, handle: (message: Message) => void): Promise<void> {
  for await (const frames of socket) {
    try {
      handle(decode(key, frames));
    } catch (error) {
      // A message that is not signed with the key is not ours to answer.
      process.stderr.write(`${String(error)}\n`);
    }
  }
}

function handleControl(message: Message): void {
  switch (message.header.msg_type) {
    case "interrupt_request":
      interrupt.start("asked");
      reply(control, message, "interrupt_reply", { status: "ok" });
      return;
    case "shutdown_request":
      reply(control, message, "shutdown_reply", {
        status: "ok",
        restart: message.content["restart"],
      });
      // A cell that never ends could not hear it; nothing of a kernel outlives it anyway.
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);
      return;
    case "kernel_info_request":
      reply(control, message, "kernel_info_reply", kernelInfo());
      return;
    default:
      tell({ kind: "request", message });
  }
}

async function beat(): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

void receive(shell, (message) => {
  tell({ kind: "request", message });
});
void receive(control, handleControl);
void beat();
