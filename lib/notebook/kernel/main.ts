/**
 * The lab's notebook kernel: tslab's compiler and executor behind sockets of our own.
 *
 * usage: node dist/notebook/kernel/main.js CONNECTION_FILE
 *
 * Notebooks run on stock tslab too; here errors have a name, a value and a trace, no output is
 * lost, cells are strict, any loop can be interrupted, and errors need not end a run.
 */
import { MessageChannel, Worker } from "node:worker_threads";
import type { SocketsData } from "./protocol.js";
import { makeTslabStrict } from "./strict-typescript.js";

const [, , connectionFile] = process.argv;
if (connectionFile === undefined) {
  process.stderr.write("usage: main.js CONNECTION_FILE (Jupyter starts this; try: npm start)\n");
  process.exit(2);
}
const typescript = makeTslabStrict();
const flags = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
// Not the thread's own port: what comes there before somebody listens is lost, and a server's first question comes
// while the compiler is loaded.
const { port1: requests, port2: cells } = new MessageChannel();
const workerData: SocketsData = { connectionFile, cells, flags };
const sockets = new Worker(new URL("./sockets.js", import.meta.url), {
  workerData,
  transferList: [cells],
});
sockets.on("error", (error) => {
  process.stderr.write(`the kernel's sockets failed: ${error.stack ?? error.message}\n`);
  process.exit(1);
});
// These load tslab, which must find its TypeScript strict.
const { createCells } = await import("./cells.js");
const { serveRequests } = await import("./requests.js");
serveRequests(requests, createCells(new Int32Array(flags), typescript));
