/** What cells print, sent in pieces: thousands of short lines would each cost a message. */
import type { Fields } from "../jupyter/message.js";

/** What one cell may print, in characters; a notebook with more would hang the browser. */
const limit = 4_000_000;
/** A piece is sent when it is this long, in characters, or this old, in milliseconds. */
const pieceLength = 16_000;
const pieceAge = 30;

/** The two streams of the cell that runs. */
export interface Output {
  /** A function to stand in for `process.stdout.write` or `process.stderr.write`. */
  writer(name: "stdout" | "stderr"): (chunk: string | Uint8Array) => boolean;
  /** Sends what is still waiting; anything published next then keeps its place. */
  flush(): void;
  /** A new cell begins: its output is counted from nothing. */
  begin(): void;
}

/**
 * Collects output.
 *
 * @param publish sends one `stream` message's content
 * @param flood called once for a cell that has printed more than a notebook can show
 */
export function createOutput(publish: (content: Fields) => void, flood: () => void): Output {
  let waiting = { name: "stdout", text: "", since: 0 };
  let printed = 0;
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { name, text } = waiting;
    waiting = { name, text: "", since: 0 };
    if (text !== "") publish({ name, text });
  };

  const write = (name: "stdout" | "stderr", text: string): void => {
    const before = printed;
    printed += text.length;
    if (before > limit) return;
    if (name !== waiting.name) flush();
    const now = Date.now();
    if (waiting.text === "") waiting = { name, text, since: now };
    else waiting.text += text;
    if (waiting.text.length >= pieceLength || now - waiting.since >= pieceAge) flush();
    else timer ??= setTimeout(flush, pieceAge);
    if (printed > limit) {
      flush();
      flood();
    }
  };

  return {
    writer: (name) => (chunk) => {
      write(name, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
      return true;
    },
    flush,
    begin() {
      flush();
      printed = 0;
    },
  };
}
