import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Dealer } from "zeromq";
import { writeConnectionFile } from "../../../lib/notebook/client/connection-file.js";
import { labKernel } from "../../../lib/notebook/client/kernels.js";
import { readConnection } from "../../../lib/notebook/jupyter/connection.js";
import { decode, encode, newHeader } from "../../../lib/notebook/jupyter/message.js";
import { notebookFolder } from "../files.js";

/** Jupyter's server asks once, as soon as there is a socket, and waits a minute for the answer. */
it("answers what it is asked once and before it has loaded its compiler", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lockdep-lab-"));
  const file = await writeConnectionFile(folder);
  const { key, endpoint } = readConnection(file);
  const shell = new Dealer({ linger: 0, receiveTimeout: 200_000 });
  shell.connect(endpoint("shell"));
  const [program, ...given] = labKernel;
  const args = given.map((arg) => (arg === "{connection_file}" ? file : arg));
  const kernel = spawn(program, args, { cwd: notebookFolder, stdio: "ignore" });
  const ended = new Promise((resolve) => kernel.once("exit", resolve));
  try {
    const header = newHeader("kernel_info_request", "s");
    const message = { identities: [], header, parent: {}, metadata: {}, content: {} };
    await shell.send(encode(key, message));
    const reply = decode(key, await shell.receive());
    expect(reply.header.msg_type).toBe("kernel_info_reply");
    expect(reply.parent).toMatchObject({ msg_id: header.msg_id });
  } finally {
    kernel.kill("SIGKILL");
    await ended;
    shell.close();
    rmSync(folder, { recursive: true });
  }
});
