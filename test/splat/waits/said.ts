import { readTasks } from "../../../lib/splat/waits/read.js";
import { explainWaits, waitsText } from "../../../lib/splat/waits/words.js";

/** What is said of hung tasks, in one line; nothing where none hangs. */
export function said(text: string): string {
  const explanation = explainWaits(readTasks(text));
  return explanation === null ? "" : waitsText(explanation).replace(/\s+/g, " ");
}

/** A worker, foo/1:5, that has waited for a lock to write with for too long: the lines that its stack is told in. */
export const stuck = (place: string): readonly string[] => [
  "INFO: task foo/1:5:52 blocked for more than 143 seconds.",
  "task:foo/1:5     state:D stack:22080 pid:52  tgid:52  ppid:2      flags:0x00004000",
  "Call Trace:",
  " schedule+0xe7/0x350",
  " down_write+0x1d8/0x200",
  ` ${place}+0x11c/0x550`,
  " foo_probe+0xdbf/0x1b10",
  "",
];
