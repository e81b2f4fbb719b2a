import { readTasks } from "../../../lib/splat/waits/read.js";
import { explainWaits, waitsText } from "../../../lib/splat/waits/words.js";

/** What is said of hung tasks, in one line; nothing where none hangs. */
export function said(text: string): string {
  const explanation = explainWaits(readTasks(text));
  return explanation === null ? "" : waitsText(explanation).replace(/\s+/g, " ");
}
