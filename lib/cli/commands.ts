/** The subcommands of `lab`; each is loaded when it is asked for, so that none waits for the others' libraries. */
import type { Commands } from "./frame/program.js";
import { quickCommands } from "./quick-commands.js";

/** By the name that is typed. */
export const commands: Commands = {
  ...quickCommands,
  export: async () => (await import("./export.js")).registerExport,
  mcp: async () => (await import("./mcp.js")).registerMcp,
  run: async () => (await import("./run.js")).registerRun,
};
