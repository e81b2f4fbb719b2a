import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveBook, type BookServer } from "../../lib/export/book-server.js";

/** Returns status and text of what the server says to a host name. */
function ask(url: string, host: string): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) => {
    request(url, { headers: { host } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => (text += piece));
      response.on("end", () => {
        done({ status: response.statusCode ?? 0, text });
      });
    })
      .on("error", fail)
      .end();
  });
}

describe("the book on localhost", () => {
  const running: { server?: BookServer } = {};
  beforeAll(async () => {
    running.server = await serveBook();
  });
  afterAll(() => running.server?.close());
  const url = (): string => running.server?.url ?? "";

  it("has all notebooks and what they share", async () => {
    const index = await (await fetch(url())).text();
    expect(index).toContain('href="01-the-splat.html"');
    const page = await fetch(`${url()}01-the-splat.html`);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect((await (await fetch(`${url()}assets/worker.js`)).text()).slice(0, 27)).toBe(
      "globalThis.labWorkerProgram",
    );
  });

  it("holds no solution", async () => {
    const page = await (await fetch(`${url()}01-the-splat.html`)).text();
    expect(page).not.toContain("lab-solution");
  });

  it("answers only for this machine's own names", async () => {
    expect((await ask(url(), "attacker.example")).status).toBe(403);
    expect((await ask(url(), "localhost:8890")).status).toBe(200);
    expect(new URL(url()).hostname).toBe("127.0.0.1");
  });

  it("says that a page is not there, whatever the path tries", async () => {
    for (const path of ["nothing.html", "../package.json", "%2e%2e/package.json", "//x"]) {
      expect((await ask(url() + path, "localhost")).status).toBe(404);
    }
  });

  it("says that a port is taken", async () => {
    const port = Number(new URL(url()).port);
    await expect(serveBook({ port })).rejects.toThrow(/is taken: choose another with --port/);
  });
});
