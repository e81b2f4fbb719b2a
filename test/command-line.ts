/** The `lab` command within a test's own process, from the sources as they are. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "../lib/cli/commands.js";
import { runLab } from "../lib/cli/frame/program.js";

/** What a command said, and how it ended. */
export interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Thrown where the command would end its process. */
class Exit extends Error {
  constructor(readonly status: number) {
    super(`exit status ${status}`);
  }
}

/** Returns a folder of its own, for the files that a test hands to a command, and what removes it. */
export function ownFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "lab-command-"));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true });
    },
  };
}

/**
 * Runs `lab` with these arguments, one at a time: what it prints is gathered, and its exit is none of the process.
 *
 * It says the same as a process of its own, which would take half a second to begin
 * (test/cli/frame/program.test.ts).
 */
export async function lab(...args: readonly string[]): Promise<Answer> {
  const { stdout, stderr } = process;
  const out: string[] = [];
  const err: string[] = [];
  const restore = [
    keeping(process, "argv"),
    keeping(process, "exit"),
    ...[stdout, stderr].flatMap((stream) => [keeping(stream, "write"), keepingListeners(stream)]),
  ];
  process.argv = [process.execPath, "lab", ...args];
  stdout.write = gathering(out);
  stderr.write = gathering(err);
  process.exit = (status) => {
    throw new Exit(Number(status ?? 0));
  };
  try {
    await runLab(commands);
    return { status: Number(process.exitCode ?? 0), out: out.join(""), err: err.join("") };
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { status: error.status, out: out.join(""), err: err.join("") };
  } finally {
    process.exitCode = undefined;
    for (const one of restore) one();
  }
}

/** Returns what gives an object's property back as it is now. */
function keeping(of: object, name: string): () => void {
  const was = Object.getOwnPropertyDescriptor(of, name);
  return () => {
    if (was === undefined) Reflect.deleteProperty(of, name);
    else Object.defineProperty(of, name, was);
  };
}

/** Returns what takes the listeners for errors off again that are not there yet. */
function keepingListeners(stream: NodeJS.WriteStream): () => void {
  const were = stream.listeners("error");
  return () => {
    for (const listener of stream.listeners("error")) {
      if (!were.includes(listener)) stream.off("error", listener as () => void);
    }
  };
}

const gathering =
  (into: string[]): typeof process.stdout.write =>
  (text: string | Uint8Array) => {
    into.push(typeof text === "string" ? text : Buffer.from(text).toString("utf8"));
    return true;
  };
