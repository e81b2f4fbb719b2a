/** `lab mcp`: the lab's verdicts for agents, over standard input and output. */
import { readFileSync } from "node:fs";
import type { Register } from "./frame/program.js";

const notes = `
An agent starts it and speaks the Model Context Protocol with it, one JSON message a line; an entry for
most clients:
  { "mcpServers": { "lockdep-lab": { "command": "npx", "args": ["lab", "mcp"], "cwd": "FOLDER OF THE LAB" } } }

Tools: explain_report, explore_code, judge_patch, replay_token, what_if. Files are only read; a search
ends after 120 seconds at most. It ends when its input does.`;

/** Registers `mcp`. */
export const registerMcp: Register = (program) => {
  program
    .command("mcp")
    .description("serve the lab's verdicts to agents (Model Context Protocol over stdio)")
    .addHelpText("after", notes)
    .action(async () => {
      // The protocol's library is loaded only when it is asked for.
      const { StdioServerTransport } = await import("@modelcontextprotocol/sdk/server/stdio.js");
      const { labServer } = await import("./mcp/server.js");
      await labServer(versionOf()).connect(new StdioServerTransport());
    });
};

function versionOf(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? "0";
}
