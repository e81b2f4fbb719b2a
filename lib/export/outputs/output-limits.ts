/** How much of what a cell has printed goes into a file: a browser must be able to open it. */
import { grouped } from "../../primitives/counted.js";
import type { Bundle, Output } from "./stored-output.js";

/** Characters of one cell's text, and of one cell's figures, that are kept. */
export const outputLimits = { text: 1_000_000, figures: 12_000_000 } as const;

/** Returns the outputs of a cell, cut where they are too long, with a note in the place of the rest. */
export function withinLimits(outputs: readonly Output[]): Output[] {
  let text: number = outputLimits.text;
  let figures: number = outputLimits.figures;
  return outputs.map((output): Output => {
    switch (output.kind) {
      case "stream": {
        const kept = cut(output.text, text);
        text = Math.max(0, text - output.text.length);
        return { ...output, text: kept };
      }
      case "error": {
        const traceback = cut(output.traceback, text);
        text = Math.max(0, text - output.traceback.length);
        return { ...output, value: cut(output.value, 10_000), traceback };
      }
      case "display": {
        const size = sizeOf(output.bundle);
        figures -= size;
        if (figures >= 0) return output;
        const note = `[a figure of ${grouped(size)} characters is left out here]\n`;
        return { kind: "display", bundle: { "text/plain": note } };
      }
    }
  });
}

function cut(text: string, room: number): string {
  if (text.length <= room) return text;
  const total = grouped(text.length);
  return `${text.slice(0, room)}\n[output cut here: it has ${total} characters]\n`;
}

function sizeOf(bundle: Bundle): number {
  return Object.values(bundle).reduce<number>(
    (sum, value) => sum + (typeof value === "string" ? value.length : JSON.stringify(value).length),
    0,
  );
}
