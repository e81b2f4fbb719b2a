/** What cells print: counted where it is printed, gathered where it is sent. */
import { textIn, type Fields, type Header } from "../jupyter/message.js";

/** What one cell may print, in characters; a notebook with more would hang the browser. */
const limit = 4_000_000;
/** What a write counts at least: many short ones cost as much as a few long ones. */
const least = 100;
/** A piece is sent when it is this long, in characters, or this old, in milliseconds. */
const pieceLength = 16_000;
const pieceAge = 20;

/** The two streams of the cell that runs. */
export interface Output {
  /** A function to stand in for `process.stdout.write` or `process.stderr.write`. */
  writer(name: "stdout" | "stderr"): (chunk: string | Uint8Array) => boolean;
  /** A new cell begins: its output is counted from nothing. */
  begin(): void;
}

/**
 * Passes on what is printed, at once: a loop that keeps the thread busy would starve any timer.
 *
 * @param publish sends one `stream` message's content
 * @param flood called once for a cell that has printed more than a notebook can show
 */
export function createOutput(publish: (content: Fields) => void, flood: () => void): Output {
  let printed = 0;
  return {
    writer: (name) => (chunk) => {
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      const before = printed;
      printed += Math.max(least, text.length);
      if (before <= limit) publish({ name, text });
      if (before <= limit && printed > limit) flood();
      return true;
    },
    begin() {
      printed = 0;
    },
  };
}

/** Stream messages on their way out, gathered into pieces. */
export interface Gatherer {
  add(content: Fields, to: Header | null): void;
  /** Sends what is still waiting; anything sent next then keeps its place. */
  flush(): void;
}

/** Gathers the writes of one cell to one stream: thousands of short lines become few messages. */
export function gatherer(send: (content: Fields, to: Header | null) => void): Gatherer {
  let waiting: { readonly name: string; readonly to: Header | null; text: string } | null = null;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting !== null) send({ name: waiting.name, text: waiting.text }, waiting.to);
    waiting = null;
  };
  return {
    add(content, to) {
      const name = textIn(content, "name");
      const text = textIn(content, "text");
      if (waiting !== null && (waiting.name !== name || waiting.to?.msg_id !== to?.msg_id)) flush();
      if (waiting === null) waiting = { name, to, text };
      else waiting.text += text;
      if (waiting.text.length >= pieceLength) flush();
      else timer ??= setTimeout(flush, pieceAge);
    },
    flush,
  };
}
