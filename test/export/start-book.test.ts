import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { projectRoot } from "../../lib/export/export.js";

describe("npm start -- --book", () => {
  const started: { child?: ChildProcess } = {};
  afterEach(() => started.child?.kill("SIGKILL"));

  it("serves the book with no Python in sight, and ends at Ctrl-C", async () => {
    const main = join(projectRoot, "lib", "setup", "main.mjs");
    const child = spawn(process.execPath, [main, "start", "--book", "--no-browser"], {
      env: { ...process.env, PYTHON: "/nonexistent/python" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    started.child = child;
    let text = "";
    child.stderr.on("data", (piece) => (text += String(piece)));
    const url = await new Promise<string>((done, fail) => {
      child.stdout.on("data", (piece) => {
        text += String(piece);
        const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(text);
        if (found !== null) done(found[0]);
      });
      child.once("exit", () => {
        fail(new Error(text));
      });
    });
    expect(await (await fetch(url)).text()).toContain("01-the-splat.html");
    child.removeAllListeners("exit");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow();
  });
});
