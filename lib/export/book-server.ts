/** Serves the book on this machine alone, for readers without Python: nothing but Node is needed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createBundles } from "./bundle.js";
import type { Edition } from "./source/edition.js";
import { createJob } from "./export.js";
import { book } from "./formats/book.js";

/** How the book is served. */
export interface ServeOptions {
  /** The port to use; the first free one from 8890 on when undefined. */
  readonly port?: number;
  readonly edition?: Edition;
  readonly progress?: (line: string) => void;
}

/** A server that runs. */
export interface BookServer {
  /** Where a browser finds the book. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const host = "127.0.0.1";
const firstPort = 8890;
const portsToTry = 50;

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/**
 * Makes the book of all notebooks, live, and serves it on localhost.
 *
 * @throws Error when the port is taken, with what to do.
 */
export async function serveBook(options: ServeOptions = {}): Promise<BookServer> {
  const files = new Map<string, Buffer>();
  const job = await createJob(
    {
      notebooks: [],
      edition: options.edition ?? "student",
      ...(options.progress === undefined ? {} : { progress: options.progress }),
    },
    createBundles(),
  );
  for await (const { path, data } of book(job)) files.set(`/${path}`, Buffer.from(data));
  const server = createServer((request, response) => {
    answer(request, response, files);
  });
  const port = await listen(server, options.port);
  return {
    url: `http://${host}:${port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, Buffer>,
): void {
  const asked = (request.url ?? "/").replace(/[?#].*$/, "");
  const path = asked === "/" ? "/index.html" : asked;
  const data = files.get(path);
  // A page of another site that resolves its own name to this machine is not answered.
  const name = request.headers.host?.replace(/:\d+$/, "");
  if (name !== host && name !== "localhost") {
    response.writeHead(403, { "Content-Type": "text/plain" }).end("not for this name\n");
  } else if (data === undefined) {
    response.writeHead(404, { "Content-Type": "text/plain" }).end(`there is no such page\n`);
  } else {
    response.writeHead(200, {
      "Content-Type": types[path.split(".").at(-1) ?? ""] ?? "application/octet-stream",
      "Content-Length": data.length,
      "Cache-Control": "no-cache",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    });
    response.end(request.method === "HEAD" ? undefined : data);
  }
}

/** Returns the port that the server listens on. */
async function listen(server: Server, wanted: number | undefined): Promise<number> {
  const ports =
    wanted === undefined ? Array.from({ length: portsToTry }, (_, i) => firstPort + i) : [wanted];
  for (const port of ports) {
    if (await tryPort(server, port)) {
      const address = server.address();
      return typeof address === "object" && address !== null ? address.port : port;
    }
  }
  throw new Error(
    wanted === undefined
      ? `no port from ${firstPort} to ${firstPort + portsToTry - 1} is free: name one with --port`
      : `port ${wanted} is taken: choose another with --port, or end what uses it`,
  );
}

function tryPort(server: Server, port: number): Promise<boolean> {
  return new Promise((done, fail) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      server.off("listening", listening);
      if (error.code === "EADDRINUSE" || error.code === "EACCES") done(false);
      else fail(error);
    };
    const listening = (): void => {
      server.off("error", failed);
      done(true);
    };
    server.once("error", failed).once("listening", listening).listen(port, host);
  });
}
