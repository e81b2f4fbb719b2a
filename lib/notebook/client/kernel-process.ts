/** A kernel as a front end sees it: a process of its own, spoken to over its sockets. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { readConnection, type Connection } from "../jupyter/connection.js";
import {
  decode,
  encode,
  newHeader,
  textIn,
  type Fields,
  type Message,
} from "../jupyter/message.js";
import { writeConnectionFile } from "./connection-file.js";

/** How a kernel is started: a program and its arguments, `{connection_file}` among them. */
export type KernelCommand = readonly [string, ...string[]];

/** What a front end sees of one request. */
export interface Execution {
  /** The content of the `execute_reply`. */
  readonly reply: Fields;
  /** Every message published for the request, in order, without its status. */
  readonly published: readonly Message[];
}

/** A running kernel. */
export interface KernelProcess {
  readonly pid: number;
  /** Runs one cell; `onMessage` is called with each published message as it comes. */
  execute(code: string, options?: ExecuteOptions): Promise<Execution>;
  /** Asks for something else than an execution, such as `kernel_info`. */
  ask(type: string, content: Fields): Promise<Fields>;
  /** Stops the running cell as a front end does. */
  interrupt(): Promise<void>;
  /** Ends the kernel and waits until its process is gone. */
  shutdown(): Promise<void>;
}

/** How one cell is to be run. */
export interface ExecuteOptions {
  /** Whether cells already sent are dropped when this one fails; true unless said. */
  readonly stopOnError?: boolean;
  readonly onMessage?: (message: Message) => void;
}

interface Pending {
  readonly published: Message[];
  readonly onMessage: (message: Message) => void;
  readonly resolve: (execution: Execution) => void;
  readonly reject: (error: Error) => void;
  reply: Fields | null;
  idle: boolean;
}

/** One kernel process with its sockets, and what was asked of it and not yet answered. */
class Client implements KernelProcess {
  readonly pid: number;
  readonly #pending = new Map<string, Pending>();
  readonly #session = randomUUID();
  readonly #shell: Dealer;
  readonly #control: Dealer;
  readonly #iopub = new Subscriber();
  readonly #child: ChildProcess;
  readonly #connection: Connection;
  readonly #gone: Promise<void>;
  readonly #folder: string;

  constructor(child: ChildProcess, connection: Connection, folder: string) {
    this.pid = child.pid ?? -1;
    this.#child = child;
    this.#connection = connection;
    this.#folder = folder;
    // A dealer that is closed need not wait for a kernel that is gone.
    this.#shell = new Dealer({ linger: 0, sendHighWaterMark: 0 });
    this.#control = new Dealer({ linger: 0, sendHighWaterMark: 0 });
    const errors: string[] = [];
    child.stderr?.on("data", (chunk: Buffer) => errors.push(chunk.toString("utf8")));
    this.#gone = new Promise((resolve) => {
      const end = (why: string): void => {
        const printed = errors.join("").trim();
        this.#fail(new Error(`the kernel ended: ${why}${printed === "" ? "" : `\n${printed}`}`));
        resolve();
      };
      child.once("error", (error) => {
        end(error.message);
      });
      const kill = (): void => {
        child.kill("SIGKILL");
        rmSync(folder, { recursive: true, force: true });
      };
      // The caller may end first, as where its output is no longer read.
      process.once("exit", kill);
      child.once("exit", (status, signal) => {
        process.off("exit", kill);
        end(signal ?? `status ${status ?? "unknown"}`);
      });
    });
  }

  /** Connects, and waits until both the requests' and the output's way is open. */
  async open(): Promise<void> {
    this.#shell.connect(this.#connection.endpoint("shell"));
    this.#control.connect(this.#connection.endpoint("control"));
    this.#iopub.connect(this.#connection.endpoint("iopub"));
    this.#iopub.subscribe();
    void this.#listen(this.#shell);
    void this.#listen(this.#control);
    void this.#listen(this.#iopub);
    // A subscription takes a moment: until a status has come through, output would be lost.
    for (;;) {
      const asked = this.#send(this.#shell, "kernel_info_request", {});
      const outcome = await Promise.race([asked, after(2000)]);
      if (outcome !== null && outcome.published.length > 0) return;
    }
  }

  async execute(code: string, options: ExecuteOptions = {}): Promise<Execution> {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: options.stopOnError ?? true,
    };
    const done = await this.#send(this.#shell, "execute_request", content, options.onMessage);
    const published = done.published.filter(({ header }) => header.msg_type !== "status");
    return { reply: done.reply, published };
  }

  async ask(type: string, content: Fields): Promise<Fields> {
    return (await this.#send(this.#shell, `${type}_request`, content)).reply;
  }

  async interrupt(): Promise<void> {
    await this.#send(this.#control, "interrupt_request", {});
  }

  async shutdown(): Promise<void> {
    void this.#send(this.#control, "shutdown_request", { restart: false }).catch(() => undefined);
    const force = setTimeout(() => this.#child.kill("SIGKILL"), 3000);
    await this.#gone;
    clearTimeout(force);
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #send(
    socket: Dealer,
    type: string,
    content: Fields,
    onMessage: (message: Message) => void = () => undefined,
  ): Promise<Execution> {
    const header = newHeader(type, this.#session);
    const message = { identities: [], header, parent: {}, metadata: {}, content };
    return new Promise((resolve, reject) => {
      const published: Message[] = [];
      const pending = { published, onMessage, resolve, reject, reply: null, idle: false };
      this.#pending.set(header.msg_id, pending);
      socket.send(encode(this.#connection.key, message)).catch(reject);
    });
  }

  async #listen(socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) this.#receive(decode(this.#connection.key, frames));
  }

  #receive(message: Message): void {
    const id = textIn({ ...message.parent }, "msg_id");
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    const type = message.header.msg_type;
    if (type.endsWith("_reply")) {
      pending.reply = message.content;
      // Control requests have no output to wait for.
      if (type === "interrupt_reply" || type === "shutdown_reply") pending.idle = true;
    } else {
      pending.published.push(message);
      pending.onMessage(message);
      if (type === "status" && message.content["execution_state"] === "idle") pending.idle = true;
    }
    if (pending.reply === null || !pending.idle) return;
    this.#pending.delete(id);
    pending.resolve({ reply: pending.reply, published: pending.published });
  }

  #fail(error: Error): void {
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of waiting) reject(error);
  }
}

const after = (milliseconds: number): Promise<null> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds, null).unref();
  });

/**
 * Starts a kernel in a folder, which is where its cells resolve their imports.
 *
 * @throws Error when the kernel ends before it answers, with what it printed
 */
export async function startKernel(
  [program, ...args]: KernelCommand,
  folder: string,
): Promise<KernelProcess> {
  const own = mkdtempSync(join(tmpdir(), "lockdep-lab-"));
  const file = await writeConnectionFile(own);
  const child = spawn(
    program,
    args.map((arg) => (arg === "{connection_file}" ? file : arg)),
    { cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
  );
  const client = new Client(child, readConnection(file), own);
  try {
    await client.open();
  } catch (error) {
    await client.shutdown();
    throw error;
  }
  return client;
}
