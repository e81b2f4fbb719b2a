import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { startLab } from "../browser/lab-server.js";

/** Whether a process runs that was given this text. */
const runs = (text: string): boolean =>
  execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
    .split("\n")
    .some((line) => line.includes(text));

const kernelOf = (session: unknown): string => {
  const found = /"kernel":\{"id":"([\w-]+)"/.exec(JSON.stringify(session))?.[1];
  if (found === undefined) throw new Error(`no kernel in ${JSON.stringify(session)}`);
  return found;
};

describe("Ctrl-C", { timeout: 120_000 }, () => {
  it("ends JupyterLab and its kernels, and the port is free again", async () => {
    const lab = await startLab();
    const { origin, searchParams } = new URL(lab.url);
    const authorization = `token ${searchParams.get("token") ?? ""}`;
    const answer = await fetch(`${origin}/api/sessions`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({
        path: "stop.ipynb",
        name: "stop.ipynb",
        type: "notebook",
        kernel: { name: "tslab" },
      }),
    });
    expect(answer.status).toBe(201);
    const kernel = kernelOf(await answer.json());
    expect(runs(`kernel-${kernel}.json`)).toBe(true);

    await lab.stop();
    expect(runs(`kernel-${kernel}.json`)).toBe(false);
    await expect(fetch(origin)).rejects.toThrow();
  });
});
