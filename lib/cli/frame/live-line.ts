/** The line at the foot of a terminal that says how far a command is; nothing where there is no terminal. */
import process from "node:process";
import { createLogUpdate } from "log-update";

/** A line that is written anew in place. */
export interface LiveLine {
  /** Shows this text in place of the last one. */
  readonly show: (text: string) => void;
  /** Takes the line away, before something that stays is printed. */
  readonly clear: () => void;
}

/** Returns the live line of a stream, of standard error unless told. */
export function liveLine(stream: NodeJS.WriteStream = process.stderr): LiveLine {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  const write = createLogUpdate(stream, { showCursor: true });
  return {
    show: (text) => {
      write(text);
    },
    clear: () => {
      write.clear();
    },
  };
}
