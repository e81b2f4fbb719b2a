import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { expect, it } from "vitest";
import { kernelSplats } from "../../../lib/splat/samples/index.js";

const lab = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

it("lab mcp speaks the protocol over standard input and output, and ends with it", async () => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [lab, "mcp"],
    stderr: "pipe",
  });
  let noise = "";
  transport.stderr?.on("data", (chunk: Buffer) => (noise += chunk.toString()));
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  const ended = new Promise<void>((done) => {
    client.onclose = done;
  });
  const answer = await client.callTool({
    name: "explain_report",
    arguments: { text: kernelSplats.none },
  });
  expect(answer.structuredContent).toMatchObject({ reports: [{ kind: "circular" }] });
  await client.close();
  await ended;
  expect(noise).toBe("");
});
