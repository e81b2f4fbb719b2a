/** The connection file: where a kernel's five sockets are and which key signs their messages. */
import { readFileSync } from "node:fs";
import { isRecord } from "../../primitives/record.js";
import { textIn } from "./message.js";

/** The kernel's sockets by the names of the protocol. */
export const channels = ["shell", "control", "iopub", "stdin", "hb"] as const;
export type Channel = (typeof channels)[number];

/** What a connection file says. */
export interface Connection {
  readonly key: string;
  /** Returns the endpoint of a channel, such as `tcp://127.0.0.1:5555`. */
  readonly endpoint: (channel: Channel) => string;
}

/**
 * Reads a connection file.
 *
 * @throws Error when the file is none
 */
export function readConnection(file: string): Connection {
  const value: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isRecord(value)) throw new Error(`${file} is no Jupyter connection file`);
  const transport = textIn(value, "transport");
  const separator = transport === "ipc" ? "-" : ":";
  return {
    key: textIn(value, "key"),
    endpoint: (channel) => {
      const port = value[`${channel}_port`];
      if (typeof port !== "number") throw new Error(`${file} names no ${channel}_port`);
      return `${transport}://${textIn(value, "ip")}${separator}${port}`;
    },
  };
}
