/** Gathers a cell's text into few messages, and stops a flood before it drowns the page. */
import type { OutputMessage } from "./protocol.js";

/** Takes output as it comes. */
export interface Outbox {
  readonly add: (output: OutputMessage) => void;
  /** Sends what is still held back. */
  readonly flush: () => void;
}

/** What one run may show: characters of text, figures, errors, and how often text changes its stream. */
export interface OutboxLimits {
  readonly characters: number;
  readonly figures: number;
  readonly errors: number;
  readonly changes: number;
}

const usual: OutboxLimits = { characters: 400_000, figures: 200, errors: 100, changes: 2000 };
const pieceCharacters = 16_384;
const pieceMilliseconds = 40;

/** Returns an outbox for one run of a cell; `now` is a clock in milliseconds. */
export function createOutbox(
  send: (output: OutputMessage) => void,
  now: () => number,
  limits: OutboxLimits = usual,
): Outbox {
  let held: { stream: "stdout" | "stderr"; text: string } | undefined;
  let sentAt = now();
  let characters = 0;
  let isCut = false;
  let [figures, errors, changes] = [0, 0, 0];
  const flush = (): void => {
    if (held !== undefined) send({ kind: "text", ...held });
    held = undefined;
    sentAt = now();
  };
  const addText = (stream: "stdout" | "stderr", text: string): void => {
    if (isCut) return;
    // Each piece of another stream is a block of its own on the page.
    const tooMany = held !== undefined && held.stream !== stream && ++changes > limits.changes;
    const room = tooMany ? 0 : limits.characters - characters;
    characters += text.length;
    isCut = text.length > room;
    const shown = isCut ? `${text.slice(0, room)}\n[output cut here]\n` : text;
    if (held?.stream !== stream) flush();
    held = { stream, text: (held?.text ?? "") + shown };
    if (isCut || held.text.length > pieceCharacters || now() - sentAt > pieceMilliseconds) flush();
  };
  return {
    flush,
    add: (output) => {
      if (output.kind === "text") {
        addText(output.stream, output.text);
        return;
      }
      if (output.kind === "bundle" && ++figures > limits.figures) {
        if (figures === limits.figures + 1) addText("stdout", "[further figures are not shown]\n");
        return;
      }
      if (output.kind === "error" && ++errors > limits.errors) {
        if (errors === limits.errors + 1) addText("stderr", "[further errors are not shown]\n");
        return;
      }
      flush();
      send(output);
    },
  };
}
