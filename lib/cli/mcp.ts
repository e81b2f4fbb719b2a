/** `lab mcp`: the lab's verdicts for agents, over standard input and output. */
import { readFileSync } from "node:fs";
import type { Register } from "./frame/program.js";

const notes = `
An agent starts it and speaks the Model Context Protocol with it, one JSON message a line; an entry for
most clients:
  { "mcpServers": { "lockdep-lab": { "command": "npx", "args": ["lab", "mcp"], "cwd": "FOLDER OF THE LAB" } } }

Tools: explain_report, explore_code, judge_patch, replay_token, what_if. Files are only read; a search
ends after 120 seconds at most. It ends when its input does.

Exit status: 0 when its input has ended. What is wrong with a request is in its answer; a line that is
no message is said on standard error, and the next one is read.`;

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
      const lab = labServer(versionOf());
      lab.server.onerror = ({ message }) => {
        process.stderr.write(`a line of the input is no message of the protocol: ${message}\n`);
      };
      await lab.connect(new StdioServerTransport());
    });
};

function versionOf(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? "0";
}
