/** The existing dependency chain: `-> #N (name){usage}-{x:y}:` and the stack of each. */
import type { Section } from "../draft/draft.js";
import { readLock } from "../draft/lock.js";
import { readStack } from "../draft/stack.js";

/** One link of the chain. */
export const readChainLink: Section = (lines, at, draft) => {
  const line = lines[at];
  const match = /^-> #(\d+) (\(.*)$/.exec(line?.text.trim() ?? "");
  const printed = match?.[2];
  if (line === undefined || printed === undefined) return 0;
  const found = readLock(printed.replace(/:$/, ""), line.number);
  if (found === null) return 0;
  const { frames, next } = readStack(lines, at + 1, draft);
  const link = { index: Number(match?.[1]), lock: found.lock, frames };
  // Some list the classes before they quote the chain with its stacks.
  const listed = draft.chain.findIndex(({ index }) => index === link.index);
  if (listed < 0) draft.chain.push(link);
  else if (
    draft.chain[listed]?.frames.length === 0 &&
    draft.chain[listed].lock.name === link.lock.name
  )
    draft.chain[listed] = link;
  return Math.max(next - at, 1);
};

/** `Chain exists of:` and the three names below it. */
export const readChainSummary: Section = (lines, at, draft) => {
  if (!/^Chain exists of:$/.test(lines[at]?.text.trim() ?? "")) return 0;
  for (let below = at + 1; below < at + 5; below++) {
    // The mark of a quote may have come between the two halves of an arrow.
    const text = (lines[below]?.text.trim() ?? "").replace(/(\w)-> >(?=\w)/g, "$1->");
    if (text.includes("-->")) {
      draft.chainSummary = text.split(/\s*-->\s*/).filter((name) => name !== "");
      return below + 1 - at;
    }
  }
  return 1;
};
