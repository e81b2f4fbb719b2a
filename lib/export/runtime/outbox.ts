/** Gathers a cell's text into few messages, and stops a flood before it drowns the page. */
import type { OutputMessage } from "./protocol.js";

/** Takes output as it comes. */
export interface Outbox {
  readonly add: (output: OutputMessage) => void;
  /** Sends what is still held back. */
  readonly flush: () => void;
}

/** Characters of text, and figures, that one run may show. */
export interface OutboxLimits {
  readonly characters: number;
  readonly figures: number;
}

const usual: OutboxLimits = { characters: 400_000, figures: 200 };
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
  let figures = 0;
  const flush = (): void => {
    if (held !== undefined) send({ kind: "text", ...held });
    held = undefined;
    sentAt = now();
  };
  const addText = (stream: "stdout" | "stderr", text: string): void => {
    const room = limits.characters - characters;
    characters += text.length;
    if (room <= 0) return;
    const shown = text.length <= room ? text : `${text.slice(0, room)}\n[output cut here]\n`;
    if (held?.stream !== stream) flush();
    held = { stream, text: (held?.text ?? "") + shown };
    const full = held.text.length > pieceCharacters || text.length > room;
    if (full || now() - sentAt > pieceMilliseconds) flush();
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
      flush();
      send(output);
    },
  };
}
