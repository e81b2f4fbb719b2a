import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import getPort from "get-port";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** `npm start`, as a person starts it. */
export interface LabServer {
  /** The URL that it printed, token and all. */
  readonly url: string;
  /** Presses Ctrl-C, and waits until nothing is left that could still print. */
  stop(): Promise<void>;
}

/**
 * Runs `npm start -- --no-browser --port N`.
 *
 * @throws Error when it ends before it prints a URL, with what it said
 */
export async function startLab(): Promise<LabServer> {
  const port = await getPort({ host: "localhost" });
  // A process group of its own, as a terminal makes one: Ctrl-C reaches npm and all below it.
  const child = spawn("npm", ["start", "--", "--no-browser", "--port", String(port)], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    const listen = (chunk: Buffer): void => {
      said += chunk.toString("utf8");
      const found = /http:\/\/\S+token=\w+/.exec(said);
      if (found !== null) resolve(found[0]);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("close", (status) => {
      reject(new Error(`npm start ended with ${status ?? "a signal"}:\n${said}`));
    });
  });
  return {
    url,
    async stop() {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
      await ended;
    },
  };
}
