/** Which locks a report shows only in the hands of readers. */
import type { LockMention, StackFrame } from "../report/index.js";
import { foldStack } from "../stacks/fold-stack.js";
import { decodeCharacters } from "./usage-characters.js";

/** True where the stack ends in a function that takes a lock for reading. */
export function readsOn(frames: readonly StackFrame[]): boolean {
  const { acquire } = foldStack(frames);
  return acquire !== null && /^(?!rcu).*(?:read_(?:try)?lock|down_read)/.test(acquire);
}

/**
 * True where every use of a class that the report's characters tell of was by a reader.
 *
 * @param version the kernel's version as printed, or null
 */
export function onlyRead(
  mentions: readonly LockMention[],
  name: string,
  version: string | null,
): boolean {
  const lock = mentions.findLast((one) => one.name === name);
  const seen = decodeCharacters(lock?.usage ?? "", version).filter(
    ({ used, enabled }) => used || enabled,
  );
  return seen.length > 0 && seen.every(({ read }) => read);
}
